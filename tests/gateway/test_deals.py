"""Deals through the gateway."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from chassis.ids import new_id
from gateway.memory import Memory
from tests.gateway.system import System

LIST = """query($n: Int) { deals(first: $n) { nodes { id title partner { name } manager { name } process { key }
  stage { name } outcome amount { amount currency base } } } }"""


def open_deal(system: System, process: str = "manual_sale", **more: Any) -> Any:
    payload = system.do(
        "openDeal", "deal { id version stage { key } }", process=system.processes[process], title="A deal", **more
    )
    assert payload["errors"] == []
    return payload["deal"]


def register_partner(system: System, name: str = "Acme", **more: Any) -> str:
    payload = system.do("registerPartner", "partner { id }", name=name, **more)
    assert payload["errors"] == []
    return str(payload["partner"]["id"])


def register_manager(system: System, name: str = "Ann", **more: Any) -> str:
    return str(system.do("registerManager", "manager { id }", name=name, **more)["manager"]["id"])


def meet_guards(system: System, deal: str, stage: str) -> None:
    """Do what the guards of a stage of the typical sale ask for: pumps are offered, taken and ordered."""
    pumps = {"product": "pump", "quantity": "2", "price": {"amount": "10", "currency": "USD"}}
    if stage == "presentation":
        system.do("sendProposal", "proposal { id }", deal=deal, lines=[pumps], validUntil="2999-12-31")
    if stage == "preparation":
        system.do("recordProposalResponse", "proposal { id }", deal=deal, response="ACCEPTED")
    if stage == "fulfilment":
        asked = system.ask("query($id: ID!) { deal(id: $id) { proposals { id } } }", id=deal)
        made = system.do("orderFromProposal", "customerOrder { id }", proposal=asked["deal"]["proposals"][0]["id"])
        system.do("confirmCustomerOrder", "customerOrder { id }", order=made["customerOrder"]["id"])


def test_open_deal_with_all_that_is_around_it(system: System) -> None:
    manager = register_manager(system)
    partner = register_partner(system, manager=manager)
    payload = system.do(
        "openDeal",
        """deal { id number title outcome process { key control stages { key rank } } stage { key } partner { id name roles classified }
           manager { id name } amount { amount currency base } products expectedCloseOn externalRef { system id }
           history { kind fromStage toStage } documents { kind } claims { totalCount nodes { id } } }""",
        process=system.processes["typical_sale"],
        title="Screws",
        partner=partner,
        manager=manager,
        products=["M8"],
        amount={"amount": "12.50", "currency": "USD"},
        expectedCloseOn="2030-01-31",
        externalRef={"system": "old", "id": "7"},
    )
    assert payload["errors"] == []
    deal = payload["deal"]
    assert deal["partner"] == {"id": partner, "name": "Acme", "roles": ["PROSPECT"], "classified": False}
    assert deal["manager"] == {"id": manager, "name": "Ann"}
    assert deal["amount"] == {"amount": "12.50", "currency": "USD", "base": "12.50"}
    assert deal["stage"] == {"key": "first_contact"}
    assert deal["history"] == [{"kind": "OPENED", "fromStage": None, "toStage": "first_contact"}]
    assert deal["claims"] == {"totalCount": 0, "nodes": []}
    assert (
        system.ask("query($id: ID!) { node(id: $id) { id ... on Deal { title } } }", id=deal["id"])["node"]["title"]
        == "Screws"
    )


@pytest.mark.parametrize("rows", [50, 100])
def test_list_costs_four_requests_whatever_its_length(system: System, rows: int) -> None:
    managers = [register_manager(system, f"M{i}") for i in range(3)]
    partners = [register_partner(system, f"P{i}") for i in range(5)]
    deals = [
        {
            "externalRef": {"system": "s", "id": str(i)}, "processKey": "manual_sale", "title": f"D{i}",
            "partner": partners[i % 5], "manager": managers[i % 3], "createdAt": "2020-01-01T00:00:00Z",
        }
        for i in range(rows)
    ]  # fmt: skip
    assert len(system.do("importDeals", "results { status }", rows=deals)["results"]) == rows
    system.asked.clear()
    data = system.ask(LIST, n=rows)
    assert len(data["deals"]["nodes"]) == rows
    assert sorted(system.asked) == [
        "contacts.managers_by_ids", "contacts.partners_by_ids", "deals.list_deals", "deals.processes_by_ids",
    ]  # fmt: skip


def test_pages_go_on_where_the_last_ended(system: System) -> None:
    ids = [open_deal(system)["id"] for _ in range(5)]
    query = """query($after: String) { deals(first: 2, after: $after, orderBy: NUMBER) {
      totalCount nodes { id } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""
    seen, after = [], None
    while True:
        page = system.ask(query, after=after)["deals"]
        assert page["totalCount"] == 5
        assert [edge["node"]["id"] for edge in page["edges"]] == [node["id"] for node in page["nodes"]]
        assert page["pageInfo"]["hasPreviousPage"] is (after is not None)
        seen += [node["id"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert seen == ids


def test_cursor_that_is_none_names_its_code(system: System) -> None:
    answer = system.answer('{ deals(after: "zzz") { nodes { id } } }')
    assert answer["data"] is None
    assert answer["errors"][0]["extensions"]["code"] == "INVALID_CURSOR"
    assert answer["errors"][0]["path"] == ["deals"]


def test_guards_are_named_and_sale_terms_open_the_way(system: System) -> None:
    partner = register_partner(system)
    deal = open_deal(system, "typical_sale", partner=partner)
    assert system.do("moveDeal", "deal { id }", deal=deal["id"], stage="qualification")["errors"] == []
    refused = system.do("moveDeal", "deal { id }", deal=deal["id"], stage="proposal")
    assert refused["deal"] is None
    assert [(e["code"], e["details"]) for e in refused["errors"]] == [("GUARDS_UNMET", ["client_classified"])]
    terms = system.do(
        "registerSaleTerms",
        "saleTerms { id partner { classified } validTo }",
        partner=partner, currency="USD", validFrom="2020-01-01", discountPercent="2.5",
    )  # fmt: skip
    assert terms["errors"] == []
    assert terms["saleTerms"]["partner"] == {"classified": True}
    moved = system.do("moveDeal", "deal { stage { key } }", deal=deal["id"], stage="proposal")
    assert moved == {"deal": {"stage": {"key": "proposal"}}, "errors": []}
    skipped = system.do("moveDeal", "deal { id }", deal=deal["id"], stage="fulfilment")
    assert [e["code"] for e in skipped["errors"]] == ["NOT_NEXT_STAGE"]
    assert [e["code"] for e in system.do("winDeal", "deal { id }", deal=deal["id"])["errors"]] == ["SHIPMENT_REQUIRED"]


def test_shipment_wins_and_the_partner_becomes_a_client(system: System) -> None:
    partner = register_partner(system)
    system.do("registerSaleTerms", "saleTerms { id }", partner=partner, currency="USD", validFrom="2020-01-01")
    deal = open_deal(system, "typical_sale", partner=partner)
    stages = system.ask("{ salesProcesses { key stages { key } } }")["salesProcesses"]
    for stage in next(p for p in stages if p["key"] == "typical_sale")["stages"][1:]:
        meet_guards(system, deal["id"], stage["key"])
        assert system.do("moveDeal", "deal { id }", deal=deal["id"], stage=stage["key"])["errors"] == []
    payload = system.do(
        "registerShipment", "shipment { number complete } deal { outcome documents { kind number } partner { id } }",
        deal=deal["id"], number="S-1", shippedOn=datetime.now(UTC).date().isoformat(), complete=True,
    )  # fmt: skip
    assert payload["errors"] == []
    assert payload["shipment"] == {"number": "S-1", "complete": True}
    assert payload["deal"]["outcome"] == "WON"
    found = system.ask("query($id: ID!) { partner(id: $id) { roles deals { nodes { outcome } } } }", id=partner)[
        "partner"
    ]
    assert found == {"roles": ["CLIENT"], "deals": {"nodes": [{"outcome": "WON"}]}}


def test_lost_reopened_changed(system: System) -> None:
    competitor = register_partner(system, "Rival", roles=["COMPETITOR"])
    deal = open_deal(system)
    lost = system.do(
        "loseDeal",
        "deal { outcome lossReason competitor { name } closedAt }",
        deal=deal["id"],
        reason="price",
        competitor=competitor,
    )["deal"]
    assert (lost["outcome"], lost["lossReason"], lost["competitor"]) == ("LOST", "price", {"name": "Rival"})
    assert system.do("reopenDeal", "deal { outcome closedAt }", deal=deal["id"])["deal"] == {
        "outcome": "IN_PROGRESS",
        "closedAt": None,
    }
    changed = system.do(
        "changeDeal",
        "deal { title amount { amount } version }",
        deal=deal["id"],
        title="New",
        amount={"amount": "3", "currency": "USD"},
    )
    assert changed["deal"]["title"] == "New"
    assert changed["deal"]["amount"] == {"amount": "3.00"}
    taken_off = system.do("changeDeal", "deal { title amount { amount } }", deal=deal["id"], amount=None)
    assert taken_off["deal"] == {"title": "New", "amount": None}


def test_version_guards_against_two_who_change(system: System) -> None:
    deal = open_deal(system)
    refused = system.do("changeDeal", "deal { id }", deal=deal["id"], title="x", expectedVersion=deal["version"] + 1)
    assert [(e["code"], e["field"]) for e in refused["errors"]] == [("CONFLICT", ["expectedVersion"])]


def test_reference_of_another_kind_is_said_without_asking_anyone(system: System) -> None:
    partner = register_partner(system)
    system.asked.clear()
    refused = system.do(
        "openDeal", "deal { id }", process=partner, title="x", partner=system.processes["manual_sale"], manager="seven"
    )
    assert {(e["code"], *e["field"]) for e in refused["errors"]} == {
        ("WRONG_KIND", "process"), ("WRONG_KIND", "partner"), ("NOT_FOUND", "manager"),
    }  # fmt: skip
    assert system.asked == []


def test_references_of_another_service_are_asked_for_in_one_request(system: System) -> None:
    system.asked.clear()
    refused = system.do(
        "openDeal", "deal { id }",
        process=system.processes["manual_sale"], title="x", partner=str(new_id(0x101)), manager=str(new_id(0x102)),
    )  # fmt: skip
    assert [(e["code"], e["field"]) for e in refused["errors"]] == [
        ("NOT_FOUND", ["partner"]),
        ("NOT_FOUND", ["manager"]),
    ]
    assert system.asked == ["contacts.locate"]


def test_what_is_there_for_ever_is_asked_for_once_by_who_sees_all(system: System) -> None:
    partner, manager = register_partner(system), register_manager(system)

    def opened(role: str = "admin", member: str | None = None) -> Any:
        system.asked.clear()
        process = system.processes["manual_sale"]
        give = "deal { stage { key } }"
        return system.do("openDeal", give, process=process, title="x", partner=partner, role=role, member=member)

    opened()
    assert opened()["deal"]["stage"]["key"] == "first_contact"
    assert system.asked == ["deals.open_deal"]
    assert opened("manager", manager)["errors"] == []
    assert "contacts.locate" in system.asked, "whose a partner is may change"
    system.do("changePartner", "partner { id }", partner=partner, manager=register_manager(system, "Bob"))
    refused = opened("manager", manager)
    assert [(e["code"], e["field"]) for e in refused["errors"]] == [("NOT_FOUND", ["partner"])]


def test_memory_keeps_the_newest_and_nothing_that_is_not_there() -> None:
    memory = Memory(most=2)
    memory.learn_there(["a", "b"], ["a", None])
    assert (memory.all_there(["a"]), memory.all_there(["a", "b"])) == (True, False)
    memory.learn_there(["c", "d"], ["c", "d"])
    assert (memory.all_there(["a"]), memory.all_there(["c", "d"])) == (False, True)
    memory.learn_processes([None, {"id": "p"}])
    assert (memory.processes(["p"]), memory.processes(["p", "q"])) == ([{"id": "p"}], None)


def test_unknown_deal_is_not_found(system: System) -> None:
    refused = system.do("moveDeal", "deal { id }", deal=str(new_id(0x202)), stage="x")
    assert [(e["code"], e["field"]) for e in refused["errors"]] == [("NOT_FOUND", ["deal"])]
    assert system.ask("query($a: ID!, $b: ID!) { a: deal(id: $a) { id } b: deal(id: $b) { id } c: deal(id: \"x\") { id } }",
                      a=str(new_id(0x202)), b=system.processes["manual_sale"]) == {"a": None, "b": None, "c": None}  # fmt: skip


def test_repeated_key_does_nothing_more(system: System) -> None:
    process = system.processes["manual_sale"]
    first, second = (
        system.do("openDeal", "deal { id }", process=process, title="x", idempotencyKey="k1") for _ in range(2)
    )
    assert first == second
    assert system.ask("{ deals { totalCount } }") == {"deals": {"totalCount": 1}}
    reused = system.do("openDeal", "deal { id }", process=process, title="y", idempotencyKey="k1")
    assert [e["code"] for e in reused["errors"]] == ["IDEMPOTENCY_KEY_REUSED"]
    assert [
        e["code"] for e in system.do("openDeal", "deal { id }", process=process, title="y", idempotencyKey="")["errors"]
    ] == ["INVALID"]


def test_total_is_counted_only_when_asked_for(system: System) -> None:
    open_deal(system)
    query = "{ deals { ...Page } } fragment Page on DealConnection { %s nodes { id } }"
    assert system.ask(query % "totalCount")["deals"]["totalCount"] == 1
    assert "totalCount" not in system.ask(query % "")["deals"]


def test_managers_see_their_own(system: System) -> None:
    ann, bob = register_manager(system, "Ann"), register_manager(system, "Bob")
    mine = open_deal(system, manager=ann)["id"]
    theirs = open_deal(system, manager=bob)["id"]
    seen = system.ask("{ deals { totalCount nodes { id } } }", role="manager", member=ann)["deals"]
    assert seen == {"totalCount": 1, "nodes": [{"id": mine}]}
    refused = system.do("winDeal", "deal { id }", role="manager", member=ann, deal=theirs)
    assert [e["code"] for e in refused["errors"]] == ["NOT_FOUND"]


def test_teams_leads_see_their_team(system: System) -> None:
    lead = register_manager(system, "Lead")
    team = system.do("registerTeam", "team { id head { name } }", name="North", head=lead)["team"]
    system.do("changeManager", "manager { team { name head { id } parent { id } } }", manager=lead, team=team["id"])
    member = register_manager(system, "Member", team=team["id"])
    other = register_manager(system, "Other")
    for manager in (member, other):
        open_deal(system, manager=manager)
    seen = system.ask("{ deals { nodes { manager { name team { name } } } } }", role="team_lead", member=lead)["deals"][
        "nodes"
    ]
    assert seen == [{"manager": {"name": "Member", "team": {"name": "North"}}}]


def test_readers_may_not_write(system: System) -> None:
    answer = system.answer(
        'mutation($p: ID!) { openDeal(input: {process: $p, title: "x"}) { deal { id } } }',
        role="analyst",
        p=system.processes["manual_sale"],
    )
    assert answer["data"] is None
    assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"


def test_what_is_missing_is_seen_before_the_move_in_one_request_for_the_whole_list(system: System) -> None:
    for _ in range(3):
        open_deal(system, "typical_sale")
    system.asked.clear()
    query = "{ deals { nodes { canEnter { stage { key rank } possible code message missing { guard message } } } } }"
    nodes = system.ask(query)["deals"]["nodes"]
    assert sorted(system.asked) == ["deals.can_enter_of_deals", "deals.list_deals"], "the process is known"
    first, second, third = nodes[0]["canEnter"][:3]
    assert (first["possible"], first["code"], first["missing"]) == (False, "SAME_STAGE", [])
    assert (second["stage"]["key"], second["code"]) == ("qualification", "GUARDS_UNMET")
    assert second["missing"] == [{"guard": "partner_known", "message": "give the deal its partner"}]
    assert (third["code"], [one["guard"] for one in third["missing"]]) == ("NOT_NEXT_STAGE", ["client_classified"])


def test_the_catalogue_of_guards_and_how_stages_use_it(system: System) -> None:
    found = system.ask("""{ guards { name description parameters { name kind description takes } }
      salesProcesses { key stages { guards guardUses { name parameters { name value } description }
        allowedDwellDays plan { key } movesOnWhenDone } } }""")
    guards = {guard["name"]: guard for guard in found["guards"]}
    assert guards["required_fields_filled"]["parameters"][0]["kind"] == "KEYS"
    (typical,) = [process for process in found["salesProcesses"] if process["key"] == "typical_sale"]
    assert typical["stages"][2] == {
        "guards": ["client_classified"],
        "guardUses": [
            {
                "name": "client_classified",
                "parameters": [],
                "description": guards["client_classified"]["description"],
            }
        ],
        "allowedDwellDays": None,
        "plan": [],
        "movesOnWhenDone": False,
    }


def test_a_deal_may_have_a_probability_of_its_own(system: System) -> None:
    deal = open_deal(system, probability=0.35)["id"]
    give = "deal { probability changes { nodes { field old new } } }"
    changed = system.do("changeDeal", give, deal=deal, probability=1)["deal"]
    assert changed["probability"] == 1.0
    assert changed["changes"]["nodes"][0] == {"field": "probability", "old": '"0.35"', "new": '"1"'}
    assert system.do("changeDeal", give, deal=deal, probability=None)["deal"]["probability"] is None
    for wrong in (1.5, -0.1, 0.12345):
        (error,) = system.do("changeDeal", "deal { id }", deal=deal, probability=wrong)["errors"]
        assert (error["code"], error["field"]) == ("INVALID_PROBABILITY", ["probability"])
