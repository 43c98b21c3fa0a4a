"""Sales targets: what managers and teams are to achieve in a month, a quarter or a year."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.errors import Forbidden
from chassis.ids import new_id
from tests.services.deals.world import ADMIN, MANAGER, SALES, TEAM, World, lead_actor, manager_actor

ANN, BOB, NORTH = new_id(MANAGER), new_id(MANAGER), new_id(TEAM)


def put(world: World, value: str = "1000.50", **more: Any) -> Any:
    aim = {"manager_id": ANN, "measure": "WON_AMOUNT", "period": "MONTH", "begins_on": "2026-03-01"}
    return world.do("set_sales_target", given={**aim, "value": value, **more})


def problem(world: World, **more: Any) -> tuple[str, tuple[str, ...] | None]:
    aim = {"manager_id": ANN, "measure": "WON_COUNT", "period": "MONTH", "begins_on": "2026-03-01", "value": "3"}
    found = world.refused("set_sales_target", **{**aim, **more})
    return found.code, found.field


def test_a_target_is_set_told_and_listed(world: World) -> None:
    target = put(world)
    assert {name: target[name] for name in target if name not in ("id", "manager_id")} == {
        "version": 1, "team_id": None, "measure": "WON_AMOUNT", "period": "MONTH", "begins_on": "2026-03-01",
        "to": "2026-04-01", "value": "1000.50", "currency": "USD", "withdrawn_at": None,
    }  # fmt: skip
    (told,) = world.told("sales_target.set")
    assert (told["target_id"], told["manager_id"], told["value"]) == (target["id"], str(ANN), "1000.50")
    assert (told["first_on"], told["end_on"], told["sequence"]) == ("2026-03-01", "2026-04-01", 1)
    assert world.ask("list_sales_targets")["nodes"] == [target]
    assert world.ask("sales_targets_by_ids", ids=[target["id"]])["nodes"] == [target]


def test_setting_it_again_gives_it_another_value_and_the_same_one_changes_nothing(world: World) -> None:
    first = put(world)
    assert put(world) == first
    second = put(world, "2000", expected_version=1)
    assert (second["id"], second["version"], second["value"]) == (first["id"], 2, "2000.00")
    assert [event["value"] for event in world.told("sales_target.set")] == ["1000.50", "2000.00"]
    assert world.refused("set_sales_target", **_aim(), value="1", expected_version=1).code == "CONFLICT"


def _aim() -> dict[str, Any]:
    return {"manager_id": ANN, "measure": "WON_AMOUNT", "period": "MONTH", "begins_on": "2026-03-01"}


def test_a_target_that_nobody_set_is_expected_at_no_other_version_than_0(world: World) -> None:
    assert problem(world, expected_version=1) == ("CONFLICT", ("expectedVersion",))
    assert put(world, expected_version=0)["version"] == 1


def test_a_withdrawn_target_is_no_more_listed_and_may_be_set_again(world: World) -> None:
    target = put(world)
    gone = world.do("withdraw_sales_target", target_id=target["id"], expected_version=1)
    assert (gone["version"], gone["withdrawn_at"] is None) == (2, False)
    assert world.told("sales_target.withdrawn")[0]["value"] == "1000.50"
    assert world.ask("list_sales_targets")["nodes"] == []
    assert world.ask("list_sales_targets", filter={"include_withdrawn": True})["nodes"] == [gone]
    assert world.refused("withdraw_sales_target", target_id=target["id"]).code == "WITHDRAWN"
    assert world.refused("withdraw_sales_target", target_id=new_id(0x241)).code == "NOT_FOUND"
    assert put(world)["version"] == 3


def test_periods_are_whole_months_quarters_and_years(world: World) -> None:
    assert put(world, period="QUARTER", begins_on="2026-04-01")["to"] == "2026-07-01"
    assert put(world, period="YEAR", begins_on="2026-01-01")["to"] == "2027-01-01"
    assert put(world, begins_on="2026-12-01")["to"] == "2027-01-01"
    for period, day in (("MONTH", "2026-03-02"), ("QUARTER", "2026-03-01"), ("YEAR", "2026-04-01")):
        assert problem(world, period=period, begins_on=day) == ("INVALID_PERIOD", ("beginsOn",))


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"value": "-1"}, "INVALID_AMOUNT"),
        ({"value": "1.5"}, "INVALID_AMOUNT"),
        ({"value": "1000000001"}, "INVALID_AMOUNT"),
        ({"value": "1e30", "measure": "WON_AMOUNT"}, "INVALID_AMOUNT"),
        ({"value": "0.001", "measure": "WON_AMOUNT"}, "INVALID_AMOUNT"),
        ({"value": "NaN"}, "INVALID"),
        ({"manager_id": None}, "INVALID"),
        ({"team_id": NORTH}, "INVALID"),
        ({"begins_on": "3026-03-01"}, "INVALID"),
    ],
)
def test_what_no_target_can_be_changes_nothing(world: World, wrong: dict[str, Any], code: str) -> None:
    assert problem(world, **wrong)[0] == code


def test_who_may_not_keep_lists_sets_none(world: World) -> None:
    before = world.footprint()
    for operation, given in (
        ("set_sales_target", {**_aim(), "value": "1"}),
        ("withdraw_sales_target", {"target_id": ANN}),
    ):
        with pytest.raises(Forbidden):
            world.do(operation, SALES, given=given)
    assert world.footprint() == before


def test_everybody_sees_their_own_and_their_team_s(world: World) -> None:
    world.hear("manager.registered", 1, manager_id=BOB, team_id=NORTH)
    mine, bobs = put(world), put(world, manager_id=BOB)
    teams = put(world, manager_id=None, team_id=NORTH)

    def seen(actor: Any, **filter: Any) -> set[str]:
        return {node["id"] for node in world.ask("list_sales_targets", actor, filter=filter)["nodes"]}

    assert seen(ADMIN) == {mine["id"], bobs["id"], teams["id"]}
    assert seen(ADMIN, team_ids=[NORTH]) == {teams["id"]}
    assert seen(ADMIN, manager_ids=[ANN], begins_from="2026-03-01", begins_before="2026-03-02") == {mine["id"]}
    assert seen(ADMIN, measures=["WON_COUNT"]) == seen(ADMIN, periods=["YEAR"]) == set()
    assert seen(manager_actor(ANN)) == {mine["id"]}
    assert seen(lead_actor(new_id(MANAGER), NORTH)) == {bobs["id"], teams["id"]}


def test_the_audit_tells_who_changed_it_from_what_to_what(world: World) -> None:
    put(world)
    put(world, "7")
    changed = world.refused("set_sales_target", **_aim(), value="1", expected_version=1)
    assert changed.details == ("amount",)
