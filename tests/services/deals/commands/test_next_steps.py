"""The next step of a deal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.ids import new_id
from chassis.wire import Json
from tests.services.deals.world import MANAGER, World, manager_actor

TOMORROW = datetime.now(UTC) + timedelta(days=1)
EVENTS = ("next_step.planned", "next_step.done", "next_step.dropped")


def plan(world: World, deal: Json, subject: str = "Call", **more: Any) -> Json:
    given = {"deal_id": deal["id"], "kind": "CALL", "subject": subject, "due_at": TOMORROW, **more}
    return world.do("plan_next_step", given=given)


def steps_of(world: World, deal: Json, **more: Any) -> list[tuple[str, str]]:
    (steps,) = world.ask("next_steps_of_deals", deal_ids=[deal["id"]], **more)["steps"]
    return [(step["subject"], step["status"]) for step in steps]


def test_a_step_is_planned_and_taken(world: World) -> None:
    manager = new_id(MANAGER)
    deal = world.open("free_deal", manager_id=manager)
    step = plan(world, deal, "Call Ivan", remind_before=30)
    assert (step["status"], step["assignee_id"], step["overdue"]) == ("PLANNED", str(manager), False)
    done = world.do("complete_next_step", step_id=step["id"])
    assert done["status"] == "DONE" and done["closed_at"] is not None
    planned, taken = world.told(*EVENTS)
    assert (planned["type"], planned["step_id"], planned["deal_id"]) == ("next_step.planned", step["id"], deal["id"])
    assert (planned["assignee_id"], planned["due_at"]) == (str(manager), step["due_at"])
    remind_at = datetime.fromisoformat(planned["remind_at"])
    assert datetime.fromisoformat(planned["due_at"]) - remind_at == timedelta(minutes=30)
    assert (taken["type"], taken["sequence"]) == ("next_step.done", 2)
    assert "Ivan" not in str(world.told(*EVENTS))
    assert world.refused("complete_next_step", step_id=step["id"]).code == "STEP_CLOSED"
    assert world.refused("drop_next_step", step_id=step["id"]).code == "STEP_CLOSED"


def test_another_one_takes_its_place_and_both_are_kept(world: World) -> None:
    deal = world.open()
    first = plan(world, deal, "First")
    second = plan(world, deal, "Second", kind="MEETING")
    assert first["remind_at"] is None
    assert steps_of(world, deal) == [("Second", "PLANNED"), ("First", "REPLACED")]
    assert steps_of(world, deal, planned=True) == [("Second", "PLANNED")]
    _, dropped, planned = world.told(*EVENTS)
    assert (dropped["type"], dropped["step_id"], dropped["replaced_by_id"]) == (
        "next_step.dropped", first["id"], second["id"],
    )  # fmt: skip
    assert planned["step_id"] == second["id"]
    assert world.do("drop_next_step", step_id=second["id"])["status"] == "DROPPED"
    assert world.told(*EVENTS)[-1]["replaced_by_id"] is None
    assert steps_of(world, deal, planned=True) == []


@pytest.mark.parametrize("ending", ["win_deal", "lose_deal", "register_shipment", "import_deals"])
def test_a_closed_deal_has_no_next_step(world: World, ending: str) -> None:
    ref = {"system": "old", "id": "1"}
    deal = world.open(external_ref=ref)
    plan(world, deal)
    more: dict[str, Any] = {"deal_id": deal["id"]}
    if ending == "lose_deal":
        more["reason"] = "price"
    elif ending == "register_shipment":
        more |= {"number": "1", "shipped_on": datetime.now(UTC).date(), "complete": True}
    elif ending == "import_deals":
        now = datetime.now(UTC)
        row = {"external_ref": ref, "process_key": "manual_sale", "title": "A deal", "created_at": deal["created_at"]}
        more = {"rows": [{**row, "outcome": {"outcome": "LOST", "reason": "price", "at": now}}]}
    world.do(ending, given=more)
    assert steps_of(world, deal) == [("Call", "DROPPED")]
    assert world.told(*EVENTS)[-1]["type"] == "next_step.dropped"
    assert world.refused("plan_next_step", deal_id=deal["id"], kind="CALL", subject="x", due_at=TOMORROW).code == (
        "DEAL_CLOSED"
    )


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"due_at": "2020-01-01T00:00:00Z"}, "DUE_IN_PAST", ("due_at",)),
        ({"kind": "DANCE"}, "INVALID", ("kind",)),
        ({"subject": "x" * 900_000}, "TOO_LONG", ("subject",)),
        ({"remind_before": -1}, "INVALID", ("remind_before",)),
        ({"remind_before": 10_000_000}, "INVALID", ("remind_before",)),
    ],
)
def test_steps_that_are_none(world: World, given: Json, code: str, field: tuple[str, ...]) -> None:
    step = {"deal_id": world.open()["id"], "kind": "CALL", "subject": "x", "due_at": TOMORROW, **given}
    problem = world.refused("plan_next_step", **step)
    assert (problem.code, problem.field) == (code, field)


def test_an_assignee_takes_a_step_of_a_deal_that_they_do_not_see(world: World) -> None:
    owner, helper = new_id(MANAGER), new_id(MANAGER)
    deal = world.open(manager_id=owner)
    others = plan(world, deal)
    assert world.refused("complete_next_step", manager_actor(helper), step_id=others["id"]).code == "NOT_FOUND"
    mine = plan(world, deal, assignee_id=helper)
    ids = [mine["id"], others["id"]]
    seen = world.ask("next_steps_by_ids", manager_actor(helper), ids=ids)["nodes"]
    assert [step and step["id"] for step in seen] == [mine["id"], None]
    assert world.ask("next_steps_of_deals", manager_actor(helper), deal_ids=[deal["id"]])["steps"] == [[]]
    assert world.do("complete_next_step", manager_actor(helper), step_id=mine["id"])["status"] == "DONE"


@pytest.mark.parametrize("operation", ["complete_next_step", "drop_next_step"])
def test_who_saw_another_version_of_a_step_is_told(world: World, operation: str) -> None:
    step = plan(world, world.open())
    problem = world.refused(operation, step_id=step["id"], expected_version=step["version"] + 1)
    assert (problem.code, problem.field) == ("CONFLICT", ("expectedVersion",))
    assert world.do(operation, step_id=step["id"], expected_version=step["version"])["version"] == step["version"] + 1


def test_who_saw_another_version_of_the_deal_plans_nothing(world: World) -> None:
    deal = world.open()
    given = {"deal_id": deal["id"], "kind": "CALL", "subject": "Call", "due_at": TOMORROW}
    problem = world.refused("plan_next_step", expected_version=deal["version"] + 1, **given)
    assert (problem.code, problem.field) == ("CONFLICT", ("expectedVersion",))
    plan(world, deal, expected_version=deal["version"])
