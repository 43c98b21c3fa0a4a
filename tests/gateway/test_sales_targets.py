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
