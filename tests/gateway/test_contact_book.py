"""Persons, legal entities, contact points and their history through the gateway."""

from __future__ import annotations

from typing import Any

from tests.gateway.system import System


def test_partners_form_a_tree(system: System) -> None:
    head = _partner(system, "Head")
    east, west = (_partner(system, name, parent=head) for name in ("East", "West"))
    query = """query($ids: [ID!]!) { a: partner(id: $h) { parent { name } branches(first: 1) {
      totalCount nodes { name parent { name } branches { totalCount } } pageInfo { hasNextPage } } } }"""
    found = system.ask(query.replace("$ids: [ID!]!", "$h: ID!"), h=head)["a"]
    assert found == {
        "parent": None,
        "branches": {
            "totalCount": 2,
            "nodes": [{"name": "East", "parent": {"name": "Head"}, "branches": {"totalCount": 0}}],
            "pageInfo": {"hasNextPage": True},
        },
    }
    ring = system.do("changePartner", "partner { id }", partner=head, parent=west)
    assert [(error["code"], error["field"]) for error in ring["errors"]] == [("PARTNER_WITHIN_ITSELF", ["parent"])]
    moved = system.do("changePartner", "partner { parent { id } version }", partner=west, parent=east)
    assert moved["partner"] == {"parent": {"id": east}, "version": 2}
    free = system.do("changePartner", "partner { parent { id } }", partner=west, parent=None)
    assert free["partner"] == {"parent": None}


def test_a_person_is_asked_for_by_id_and_by_node(system: System) -> None:
    partner = _partner(system, "Acme")
    give = "contactPerson { id version fullName role jobTitle birthday timeZone links { partner { name } role } }"
    registered = _do(
        system,
        "registerContactPerson",
        give,
        fullName="Ann Lee",
        birthday="1980-02-29",
        timeZone="Europe/Moscow",
        partner=partner,
        role="BUYER",
        jobTitle="Buyer",
        contactPoints=[{"kind": "MESSENGER", "messenger": "TELEGRAM", "value": "t.me/ann_lee"}],
    )
    assert registered["errors"] == []
    person = registered["contactPerson"]
    assert person["links"] == [{"partner": {"name": "Acme"}, "role": "BUYER"}]
    changed = system.do("changeContactPerson", give, contactPerson=person["id"], birthday=None, expectedVersion=2)
    assert changed["contactPerson"] == {**person, "birthday": None, "version": 3}
    query = """query($id: ID!, $p: ID!) {
      contactPerson(id: $id) { fullName changes { nodes { field before after version by } } contactPoints { value messenger } }
      node(id: $id) { id ... on ContactPerson { jobTitle } }
      nobody: contactPerson(id: $p) { id }
      partner(id: $p) { contactPersons { id links { role } } }
      contactPersons(search: "lee", filter: {partners: [$p], roles: [BUYER]}) { totalCount nodes { fullName } } }"""
    found = system.ask(query, id=person["id"], p=partner)
    assert found["contactPerson"]["contactPoints"] == [{"value": "@ann_lee", "messenger": "TELEGRAM"}]
    assert found["contactPerson"]["changes"]["nodes"] == [
        {"field": "birthday", "before": "1980-02-29", "after": None, "version": 3, "by": "dev:admin"}
    ]
    assert found["node"] == {"id": person["id"], "jobTitle": "Buyer"}
    assert found["nobody"] is None
    assert found["partner"]["contactPersons"] == [{"id": person["id"], "links": [{"role": "BUYER"}]}]
    assert found["contactPersons"] == {"totalCount": 1, "nodes": [{"fullName": "Ann Lee"}]}
    bolt = _partner(system, "Bolt")
    linked = _do(system, "linkContactPerson", give, contactPerson=person["id"], partner=bolt, role="DIRECTOR")
    assert len(linked["contactPerson"]["links"]) == 2
    assert system.do("unlinkContactPerson", give, contactPerson=person["id"], partner=bolt)["errors"] == []
    neither = system.do("linkContactPerson", give, contactPerson=person["id"])
    assert [(error["code"], error["field"]) for error in neither["errors"]] == [("REQUIRED", ["partner"])]


def test_a_legal_entity_with_numbers_and_accounts(system: System) -> None:
    partner = _partner(system, "Acme")
    give = """legalEntity { id version name fullName taxId registrationReasonCode taxIds { kind number }
      bankAccounts { iban bic currency primary } links { partner { id } role } contactPoints { value } }"""
    entity = _do(
        system,
        "registerLegalEntity",
        give,
        name="Сбербанк",
        country="RU",
        taxId="7707083893",
        registrationReasonCode="773601001",
        taxIds=[{"kind": "OGRN", "number": "1027700132195"}],
        bankAccounts=[{"bankName": "Commerzbank", "iban": "DE89370400440532013000", "currency": "EUR"}],
        partner=partner,
        role="PAYER",
    )["legalEntity"]
    assert entity["taxIds"] == [{"kind": "OGRN", "number": "1027700132195"}]
    assert entity["links"] == [{"partner": {"id": partner}, "role": "PAYER"}]
    again = system.do("registerLegalEntity", give, name="X", country="RU", taxId="7707083893",
                      registrationReasonCode="773601001")  # fmt: skip
    assert [(e["code"], e["field"], e["details"]) for e in again["errors"]] == [
        ("TAX_ID_TAKEN", ["taxId"], [entity["id"]])
    ]
    wrong = system.do("changeLegalEntity", give, legalEntity=entity["id"], taxId="7707083894", country="RU")
    assert [(e["code"], e["field"]) for e in wrong["errors"]] == [("INVALID_TAX_ID", ["taxId"])]
    query = """query($id: ID!, $p: ID!) { legalEntity(id: $id) { name }
      partner(id: $p) { legalEntities { id role bankAccounts { iban } taxIds { number } } }
      legalEntities(filter: {taxId: "7707083893"}) { nodes { id } } }"""
    found = system.ask(query, id=entity["id"], p=partner)
    assert found["partner"]["legalEntities"] == [
        {
            "id": entity["id"],
            "role": "PAYER",
            "bankAccounts": [{"iban": "DE89370400440532013000"}],
            "taxIds": [{"number": "1027700132195"}],
        }
    ]
    assert found["legalEntities"]["nodes"] == [{"id": entity["id"]}]
    bolt = _partner(system, "Bolt")
    linked = system.do(
        "linkLegalEntity", "partner { legalEntities { id role } }", partner=bolt, legalEntity=entity["id"]
    )
    assert linked["partner"]["legalEntities"] == [{"id": entity["id"], "role": "CONTRACTING"}]
    unlinked = system.do(
        "unlinkLegalEntity", "partner { legalEntities { id } }", partner=bolt, legalEntity=entity["id"]
    )
    assert unlinked["partner"]["legalEntities"] == []


def test_contact_points_and_their_history(system: System) -> None:
    manager = system.do("registerManager", "manager { id }", name="Ben")["manager"]["id"]
    partner = _partner(system, "Acme")
    give = "contactPoint { id value extension primary validTo history { nodes { action before { value } after { value } by manager { name } } } }"
    point = system.do(
        "addContactPoint", give, partner=partner, kind="PHONE", value="(212) 555-0123 ext 7", country="US"
    )["contactPoint"]
    assert (point["value"], point["extension"], point["primary"]) == ("+12125550123", "7", True)
    changed = system.do(
        "changeContactPoint", give, role="manager", member=manager, contactPoint=point["id"], value="+12125550124"
    )["contactPoint"]
    assert changed["history"]["nodes"][0] == {
        "action": "CHANGED",
        "before": {"value": "+12125550123"},
        "after": {"value": "+12125550124"},
        "by": f"manager:{manager}",
        "manager": {"name": "Ben"},
    }
    assert system.do("endContactPoint", give, contactPoint=point["id"])["contactPoint"]["validTo"]
    query = """query($p: ID!) { partner(id: $p) { contactPoints { id }
      contactPointHistory(first: 2) { totalCount nodes { action contactPoint kind at } } changes { nodes { field } } } }"""
    found = system.ask(query, p=partner)["partner"]
    assert found["contactPoints"] == []
    assert found["contactPointHistory"]["totalCount"] == 3
    assert [one["action"] for one in found["contactPointHistory"]["nodes"]] == ["ENDED", "CHANGED"]
    assert {one["field"] for one in found["changes"]["nodes"]} == {"contactPoints"}
    assert system.do("restoreContactPoint", give, contactPoint=point["id"])["errors"] == []
    primary = system.do("setPrimaryContactPoint", give, contactPoint=point["id"])
    assert primary["contactPoint"]["primary"] is True
    wrong = system.do("endContactPoint", give, contactPoint=partner)
    assert [(e["code"], e["field"]) for e in wrong["errors"]] == [("WRONG_KIND", ["contactPoint"])]


def test_a_list_of_partners_with_all_that_belongs_to_them_costs_as_many_requests_as_one(system: System) -> None:
    head = _partner(system, "Head")
    for n in range(5):
        partner = _partner(system, f"Branch {n}", parent=head)
        system.do("registerContactPerson", "contactPerson { id }", fullName=f"Ann {n}", partner=partner)
        system.do("registerLegalEntity", "legalEntity { id }", name=f"Acme {n}", country="US", partner=partner)
    query = """query($s: String!) { partners(search: $s) { nodes { parent { name } branches(first: 1) { nodes { id } }
      contactPoints { value } contactPersons { fullName links { partner { name } } }
      legalEntities { name bankAccounts { id } links { partner { name } } }
      changes { nodes { field } } contactPointHistory { nodes { action } } } } }"""
    asked = []
    for search in ("branch", "branch 1"):
        system.asked.clear()
        system.ask(query, s=search)
        asked.append(sorted(system.asked))
    assert asked[0] == asked[1]


def test_first_contact_names_likely_duplicates(system: System) -> None:
    known = _partner(system, "Acme Corp")
    give = """partner { id interests { text source status } interactions { nodes { kind title } } }
      duplicates { partner { id name } score reasons }"""
    first = system.do(
        "registerPartner",
        give,
        name="ACME corp.",
        source="fair",
        interest="pipes",
        interaction={"kind": "CALL", "direction": "IN", "subject": "Asks for pipes", "outcome": {"key": "call_back"}},
    )
    assert first["errors"] == []
    assert first["partner"]["interests"] == [{"text": "pipes", "source": "fair", "status": "OPEN"}]
    assert first["partner"]["interactions"]["nodes"] == [{"kind": "CALL", "title": "Asks for pipes"}]
    assert first["duplicates"] == [{"partner": {"id": known, "name": "Acme Corp"}, "score": 0.6, "reasons": ["NAME"]}]
    refused = system.do("registerPartner", give, name=" ")
    assert (refused["partner"], refused["duplicates"]) == (None, [])


def test_interests_are_registered_closed_and_listed(system: System) -> None:
    partner = _partner(system, "Acme")
    give = "interest { id status reason amount { amount currency } partner { name } }"
    interest = system.do(
        "registerInterest", give, partner=partner, text="pipes", amount={"amount": "10.00", "currency": "USD"}
    )["interest"]
    assert interest["amount"] == {"amount": "10.00", "currency": "USD"}
    no_reason = system.do("closeInterest", give, interest=interest["id"], status="UNMET")
    assert [(error["code"], error["field"]) for error in no_reason["errors"]] == [("REQUIRED", ["reason"])]
    closed = system.do("closeInterest", give, interest=interest["id"], status="UNMET", reason="out of stock")
    assert (closed["interest"]["status"], closed["interest"]["reason"]) == ("UNMET", "out of stock")
    query = """query($p: ID!, $id: ID!) { interests(filter: {statuses: [UNMET], partners: [$p]}) {
      totalCount nodes { id partner { name } } } node(id: $id) { id } }"""
    found = system.ask(query, p=partner, id=interest["id"])
    assert found["interests"] == {"totalCount": 1, "nodes": [{"id": interest["id"], "partner": {"name": "Acme"}}]}
    assert found["node"] == {"id": interest["id"]}


def test_a_conflict_names_what_was_changed_since_and_by_whom(system: System) -> None:
    partner = _partner(system, "Acme")
    system.do("changePartner", "partner { id }", partner=partner, name="Bolt", expectedVersion=1)
    late = system.do("changePartner", "partner { id }", partner=partner, roles=["SUPPLIER"], expectedVersion=1)
    (error,) = late["errors"]
    assert (late["partner"], error["code"], error["field"]) == (None, "CONFLICT", ["expectedVersion"])
    assert [detail.split(" at ")[0] for detail in error["details"]] == ["name: changed by dev:admin"]


def _partner(system: System, name: str, **more: Any) -> str:
    payload = system.do("registerPartner", "partner { id }", name=name, roles=["CLIENT"], **more)
    assert payload["errors"] == []
    return str(payload["partner"]["id"])


def _do(system: System, mutation: str, give: str, **input: Any) -> Any:
    """Run a mutation whose input has a field `role`, which `System.do` takes for the caller's."""
    kind = f"{mutation[0].upper()}{mutation[1:]}Input"
    query = f"mutation($input: {kind}!) {{ {mutation}(input: $input) {{ {give} errors {{ field code message }} }} }}"
    return system.ask(query, input=input)[mutation]
