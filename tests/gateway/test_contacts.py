"""Partners and managers through the gateway."""

from __future__ import annotations

from tests.gateway.system import System

PARTNER = """partner { id version name roles source interest manager { name } externalRef { system id } registeredAt
  contactPoints { kind value original primary } contactPersons { fullName jobTitle contactPoints { kind value } }
  legalEntities { name country taxId } }"""


def test_register_partner_with_everything(system: System) -> None:
    manager = system.do("registerManager", "manager { id }", name="Ann", email="ann@example.com", team=None)["manager"][
        "id"
    ]
    payload = system.do(
        "registerPartner",
        PARTNER,
        name="Acme",
        roles=["PROSPECT", "SUPPLIER"],
        manager=manager,
        source="fair",
        interest="screws",
        externalRef={"system": "old", "id": "1"},
        contactPoints=[{"kind": "EMAIL", "value": "INFO@example.com"}],
        contactPersons=[{"fullName": "Jo Doe", "contactPoints": [{"kind": "PHONE", "value": "+1 202 555 0143"}]}],
        legalEntities=[{"name": "Acme Inc.", "country": "US"}],
    )
    assert payload["errors"] == []
    partner = payload["partner"]
    assert partner["manager"] == {"name": "Ann"}
    assert partner["roles"] == ["PROSPECT", "SUPPLIER"]
    assert partner["contactPersons"][0]["contactPoints"] == [{"kind": "PHONE", "value": "+12025550143"}]
    changed = system.do(
        "changePartner",
        PARTNER,
        partner=partner["id"],
        name="Acme Ltd",
        manager=None,
        expectedVersion=partner["version"],
    )
    assert changed["errors"] == []
    assert (changed["partner"]["name"], changed["partner"]["manager"]) == ("Acme Ltd", None)
    assert changed["partner"]["contactPersons"] == partner["contactPersons"]


def test_all_that_does_not_fit_is_named_by_the_api_s_fields(system: System) -> None:
    payload = system.do(
        "registerPartner",
        "partner { id }",
        name=" ",
        contactPersons=[{"fullName": "Jo", "contactPoints": [{"kind": "EMAIL", "value": "nonsense"}]}],
        legalEntities=[{"name": "Acme", "country": "Narnia"}],
    )
    assert payload["partner"] is None
    fields = {tuple(error["field"]) for error in payload["errors"]}
    assert ("name",) in fields
    assert ("contactPersons", "0", "contactPoints", "0", "value") in fields
    assert ("legalEntities", "0", "country") in fields


def test_partners_are_found_by_name_and_role(system: System) -> None:
    for name, role in (("Acme", "CLIENT"), ("Acme Rivals", "COMPETITOR"), ("Zeta", "CLIENT")):
        system.do("registerPartner", "partner { id }", name=name, roles=[role])
    query = """query($s: String, $f: PartnerFilter) { partners(search: $s, filter: $f, orderBy: NAME_DESC) {
      totalCount nodes { name deals(first: 1) { totalCount } claims { nodes { id } } } } }"""
    system.asked.clear()
    found = system.ask(query, s="acme", f={"roles": ["CLIENT", "COMPETITOR"]})["partners"]
    assert [node["name"] for node in found["nodes"]] == ["Acme Rivals", "Acme"]
    assert found["totalCount"] == 2
    assert sorted(system.asked) == ["claims.claims_of_partners", "contacts.list_partners", "deals.deals_of_partners"]


def test_filter_by_the_id_of_something_else_is_bad_input(system: System) -> None:
    answer = system.answer(
        "query($id: ID!) { partners(filter: {managers: [$id]}) { nodes { id } } }", id=system.processes["manual_sale"]
    )
    assert answer["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


def test_teams_form_a_tree(system: System) -> None:
    parent = system.do("registerTeam", "team { id }", name="World")["team"]["id"]
    system.do("registerTeam", "team { id }", name="North", parent=parent)
    teams = {team["name"]: team["parent"] for team in system.ask("{ teams { name parent { name } } }")["teams"]}
    assert teams == {"World": None, "North": {"name": "World"}}
    below_itself = system.do("changeTeam", "team { id }", team=parent, parent=parent)
    assert below_itself["errors"]


def test_managers_and_the_viewer(system: System) -> None:
    ann = system.do("registerManager", "manager { id }", name="Ann", externalRef={"system": "old", "id": "9"})[
        "manager"
    ]["id"]
    assert system.ask("{ managers { nodes { name externalRef { id } } } }")["managers"]["nodes"] == [
        {"name": "Ann", "externalRef": {"id": "9"}}
    ]
    viewer = system.ask("{ viewer { id role scopes manager { name } } }", role="manager", member=ann)["viewer"]
    assert viewer == {
        "id": f"manager:{ann}",
        "role": "manager",
        "scopes": ["read", "write"],
        "manager": {"name": "Ann"},
    }
