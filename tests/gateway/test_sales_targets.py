"""Sales targets through the gateway."""

from __future__ import annotations

from chassis.ids import new_id
from tests.gateway.system import System

TARGET = "salesTarget { id version manager { name } team { name } measure period beginsOn to value currency }"


def test_a_target_is_set_changed_and_withdrawn(system: System) -> None:
    ann = system.do("registerManager", "manager { id }", name="Ann")["manager"]["id"]
    aim = {"manager": ann, "measure": "WON_AMOUNT", "period": "QUARTER", "beginsOn": "2026-04-01"}
    target = system.do("setSalesTarget", TARGET, **aim, value="9000")["salesTarget"]
    assert target == {
        "id": target["id"], "version": 1, "manager": {"name": "Ann"}, "team": None, "measure": "WON_AMOUNT",
        "period": "QUARTER", "beginsOn": "2026-04-01", "to": "2026-07-01", "value": "9000.00", "currency": "USD",
    }  # fmt: skip
    assert system.do("setSalesTarget", TARGET, **aim, value="9500", expectedVersion=1)["salesTarget"]["version"] == 2
    found = system.ask("{ salesTargets(filter: {measures: [WON_AMOUNT]}) { nodes { id value } } }")["salesTargets"]
    assert found["nodes"] == [{"id": target["id"], "value": "9500.00"}]
    gone = system.do("withdrawSalesTarget", "salesTarget { withdrawnAt }", target=target["id"])["salesTarget"]
    assert gone["withdrawnAt"] is not None
    assert system.ask("{ salesTargets { nodes { id } } }")["salesTargets"]["nodes"] == []
    found = system.ask("query($id: ID!) { node(id: $id) { ... on SalesTarget { value } } }", id=target["id"])
    assert found["node"] == {"value": "9500.00"}


PLAN = """query($filter: PlanFilter) { planAgainstFact(period: {from: "2026-01-01", to: "2026-07-01"}, filter: $filter) {
  currency rows { manager { name } team { name } measure planned fact deviation attainment { value numerator denominator }
    unconverted uncoveredDays uncovered { from to } } } }"""


def test_the_plan_is_compared_with_what_was_won(system: System) -> None:
    team = system.do("registerTeam", "team { id }", name="North")["team"]["id"]
    ann = system.do("registerManager", "manager { id }", name="Ann", team=team)["manager"]["id"]
    common = {"processKey": "manual_sale", "createdAt": "2026-01-10T00:00:00Z", "manager": ann}
    rows = [
        {
            **common,
            "externalRef": {"system": "old", "id": str(place)},
            "title": "A deal",
            "amount": {"amount": amount, "currency": "USD"},
            "outcome": {"outcome": "WON", "at": f"{month}-05T00:00:00Z"},
        }
        for place, (month, amount) in enumerate([("2026-02", "30"), ("2026-04", "45.50"), ("2026-06", "1000")])
    ]
    results = system.do("importDeals", "results { status errors { message } }", rows=rows)["results"]
    assert [result["status"] for result in results] == ["CREATED"] * 3, results
    for aim in (
        {"manager": ann, "measure": "WON_AMOUNT", "period": "QUARTER", "beginsOn": "2026-01-01", "value": "60"},
        {"manager": ann, "measure": "WON_AMOUNT", "period": "MONTH", "beginsOn": "2026-02-01", "value": "50"},
        {"manager": ann, "measure": "WON_AMOUNT", "period": "MONTH", "beginsOn": "2026-04-01", "value": "40"},
        {"team": team, "measure": "WON_COUNT", "period": "MONTH", "beginsOn": "2026-02-01", "value": "0"},
    ):
        system.do("setSalesTarget", "salesTarget { id }", **aim)
    found = system.ask(PLAN)["planAgainstFact"]
    assert found["currency"] == "USD"
    mine, ours = found["rows"]
    assert mine == {
        "manager": {"name": "Ann"}, "team": None, "measure": "WON_AMOUNT", "planned": "100.00", "fact": "75.50",
        "deviation": "-24.50", "attainment": {"value": 0.755, "numerator": "75.50", "denominator": "100.00"},
        "unconverted": 0, "uncoveredDays": 61, "uncovered": [{"from": "2026-05-01", "to": "2026-07-01"}],
    }  # fmt: skip
    assert (ours["team"], ours["planned"], ours["fact"], ours["uncoveredDays"]) == ({"name": "North"}, "0", "1", 153)
    assert ours["attainment"] == {"value": None, "numerator": "1", "denominator": "0"}
    assert len(system.ask(PLAN, filter={"measures": ["WON_COUNT"]})["planAgainstFact"]["rows"]) == 1
    bob = system.do("registerManager", "manager { id }", name="Bob", team=team)["manager"]["id"]
    seen = [system.ask(PLAN, role="manager", member=who)["planAgainstFact"]["rows"] for who in (ann, bob)]
    assert seen == [[mine], []]  # the team's results are not Ann's alone any more


def test_a_target_is_of_somebody_who_is_there(system: System) -> None:
    query = """mutation($input: SetSalesTargetInput!) { setSalesTarget(input: $input) { errors { code field } } }"""
    aim = {"measure": "WON_COUNT", "period": "MONTH", "beginsOn": "2026-04-01", "value": "1"}
    for given, error in (
        ({"manager": str(new_id(0x102))}, {"code": "NOT_FOUND", "field": ["manager"]}),
        ({"team": str(new_id(0x102))}, {"code": "WRONG_KIND", "field": ["team"]}),
        ({}, {"code": "INVALID", "field": ["manager"]}),
    ):
        answer = system.ask(query, input={**aim, **given})
        assert answer["setSalesTarget"]["errors"] == [error]
