"""Tasks by hand, in deals of every control mode."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.ids import new_id
from chassis.wire import Json
from services.deals.domain.kinds import TASK
from tests.services.deals.world import MANAGER, SALES, TEAM, World, lead_actor, manager_actor

TODAY = datetime.now(UTC).date()


def add(world: World, deal: Json, title: str = "Call back", **more: Any) -> Json:
    return world.do("add_task", deal_id=deal["id"], title=title, **more)


@pytest.mark.parametrize("process", ["typical_sale", "manual_sale", "free_deal"])
def test_a_task_in_a_deal_of_any_mode(world: World, process: str) -> None:
    manager = new_id(MANAGER)
    deal = world.open(process, manager_id=manager)
    task = add(world, deal, description="At noon", due_on=TODAY + timedelta(days=3), priority="HIGH")
    assert task["assignee_id"] == str(manager)
    assert (task["status"], task["progress"], task["blocked"], task["overdue"]) == ("PLANNED", 0, False, False)
    assert task["due_at"] == f"{TODAY + timedelta(days=4)}T00:00:00Z"  # until the end of the day

    done = world.do("complete_task", task_id=task["id"])
    assert (done["task"]["status"], done["task"]["progress"], done["moved_to"]) == ("DONE", 100, None)
    created, completed = world.told("task.created", "task.completed")
    assert (created["task_id"], created["deal_id"], created["assignee_id"]) == (task["id"], deal["id"], str(manager))
    assert (created["due_at"], created["sequence"], completed["sequence"]) == (task["due_at"], 1, 2)
    assert completed["completed_at"] == done["task"]["completed_at"]
    assert "Call back" not in str(world.told("task.created", "task.completed"))
    assert world.deal(deal["id"])["version"] == 1  # the deal itself is as it was


def test_what_waits_is_blocked_until_what_it_waits_for_is_finished(world: World) -> None:
    deal = world.open()
    first, second = add(world, deal, "first"), add(world, deal, "second")
    last = add(world, deal, "last", prerequisite_ids=[first["id"], second["id"]])
    assert last["blocked"]

    problem = world.refused("complete_task", task_id=last["id"])
    assert (problem.code, set(problem.details)) == ("TASK_BLOCKED", {first["id"], second["id"]})
    world.do("complete_task", task_id=first["id"])
    assert world.do("change_task", task_id=last["id"], progress=10)["blocked"]
    world.do("cancel_task", task_id=second["id"])
    assert world.do("complete_task", task_id=last["id"])["task"]["status"] == "DONE"

    needed = world.refused("reopen_task", task_id=first["id"])
    assert (needed.code, needed.details) == ("TASK_NEEDED", (last["id"],))
    reopened = world.do("reopen_task", task_id=last["id"])
    assert (reopened["status"], reopened["progress"], reopened["completed_at"]) == ("IN_PROGRESS", 10, None)
    assert [event["type"] for event in world.told() if event.get("task_id") == last["id"]] == [
        "task.created", "task.changed", "task.completed", "task.changed",
    ]  # fmt: skip


def test_tasks_do_not_wait_in_a_circle(world: World) -> None:
    deal = world.open()
    first = add(world, deal, "first")
    last = add(world, deal, "last", prerequisite_ids=[first["id"]])
    problem = world.refused("change_task", task_id=first["id"], prerequisite_ids=[last["id"]])
    assert (problem.code, problem.field) == ("DEPENDENCY_CYCLE", ("prerequisites",))
    assert world.refused("change_task", task_id=first["id"], prerequisite_ids=[first["id"]]).code == "DEPENDENCY_CYCLE"
    of_another = add(world, world.open())
    assert world.refused("change_task", task_id=first["id"], prerequisite_ids=[of_another["id"]]).code == "NOT_FOUND"


def test_changes_are_told_and_written_down(world: World) -> None:
    deal, assignee = world.open(), new_id(MANAGER)
    task = add(world, deal, due_on=TODAY)
    changed = world.do(
        "change_task",
        task_id=task["id"],
        expected_version=1,
        title="Write",
        assignee_id=assignee,
        due_at=datetime(2090, 1, 1, 12, tzinfo=UTC),
    )
    assert (changed["title"], changed["due_on"], changed["due_at"]) == ("Write", None, "2090-01-01T12:00:00Z")
    (event,) = world.told("task.changed")
    assert (event["changed"], event["assignee_id"]) == (["assignee_id", "due", "title"], str(assignee))
    world.do("change_task", task_id=task["id"], title="Write")
    assert len(world.told("task.changed")) == 1
    (page,) = world.ask("changes_of_deals", deal_ids=[deal["id"]])["pages"]
    assert {"title", "assignee", "dueOn", "dueAt"} <= {change["field"] for change in page["nodes"]}
    conflict = world.refused("change_task", task_id=task["id"], expected_version=1, title="Else")
    assert (conflict.code, conflict.field) == ("CONFLICT", ("expectedVersion",))
    assert world.do("change_task", task_id=task["id"], due_at=None)["due_at"] is None


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"title": ""}, "REQUIRED", ("title",)),
        ({"description": "x" * 900_000}, "TOO_LONG", ("description",)),
        ({"title": "x\0"}, "INVALID", ("title",)),
        ({"due_on": "2020-01-01"}, "DUE_IN_PAST", ("due_on",)),
        ({"due_at": "2020-01-01T00:00:00Z"}, "DUE_IN_PAST", ("due_at",)),
        ({"due_on": "2090-01-01", "due_at": "2090-01-01T00:00:00Z"}, "INVALID", ("due_at",)),
        ({"priority": "TOP"}, "INVALID", ("priority",)),
        ({"stage": "moon"}, "UNKNOWN_STAGE", ("stage",)),
        ({"prerequisite_ids": [str(new_id(TASK))]}, "NOT_FOUND", ("prerequisites",)),
    ],
)
def test_tasks_that_are_none(world: World, given: Json, code: str, field: tuple[str, ...]) -> None:
    deal = world.open()
    problem = world.refused("add_task", **{"deal_id": deal["id"], "title": "A task", **given})
    assert (problem.code, problem.field) == (code, field)


@pytest.mark.parametrize(
    ("given", "code"),
    [({"progress": 300}, "INVALID"), ({"progress": -1}, "INVALID"), ({"status": "DONE"}, "INVALID"), ({}, "REQUIRED")],
)
def test_changes_that_are_none(world: World, given: Json, code: str) -> None:
    task = add(world, world.open())
    assert world.refused("change_task", task_id=task["id"], **given).code == code


def test_a_stage_that_is_passed_gets_no_work(world: World) -> None:
    deal = world.open("manual_sale")
    world.do("move_deal", deal_id=deal["id"], stage="negotiation")
    assert world.refused("add_task", deal_id=deal["id"], title="x", stage="proposal").code == "STAGE_PASSED"
    assert add(world, deal, stage="fulfilment")["stage"] == "fulfilment"
    assert world.refused("add_task", deal_id=world.open("free_deal")["id"], title="x", stage="a").code == "NO_STAGES"


def test_a_closed_deal_gets_no_tasks_but_finishes_those_it_has(world: World) -> None:
    deal = world.open()
    task, other = add(world, deal), add(world, deal)
    world.do("win_deal", deal_id=deal["id"])
    assert world.refused("add_task", deal_id=deal["id"], title="x").code == "DEAL_CLOSED"
    world.do("complete_task", task_id=task["id"])
    world.do("cancel_task", task_id=other["id"])
    assert world.refused("reopen_task", task_id=task["id"]).code == "DEAL_CLOSED"
    for command in ("complete_task", "cancel_task"):
        assert world.refused(command, task_id=task["id"]).code == "TASK_CLOSED"
    assert world.refused("change_task", task_id=task["id"], title="x").code == "TASK_CLOSED"


def test_an_assignee_works_on_tasks_of_deals_that_they_do_not_see(world: World) -> None:
    owner, helper, team = new_id(MANAGER), new_id(MANAGER), new_id(TEAM)
    world.hear("manager.registered", 1, manager_id=helper, team_id=team)
    deal = world.open(manager_id=owner)
    mine = add(world, deal, "for the helper", assignee_id=helper)
    others = add(world, deal, "for the owner")
    nobodys = add(world, world.open(manager_id=owner), "free")
    world.do("change_task", task_id=nobodys["id"], assignee_id=None)
    for actor in (manager_actor(helper), lead_actor(new_id(MANAGER), team)):
        assert [task["id"] for task in world.ask("list_tasks", actor)["nodes"]] == [mine["id"]]
        assert world.ask("tasks_by_ids", actor, ids=[others["id"], mine["id"]])["nodes"][0] is None
        assert world.ask("tasks_of_deals", actor, deal_ids=[deal["id"]])["tasks"] == [[]]
        assert world.ask("work_plans_of_deals", actor, deal_ids=[deal["id"]])["plans"][0]["total"] == 0
        assert world.refused("complete_task", actor, task_id=others["id"]).code == "NOT_FOUND"
        assert world.refused("add_task", actor, deal_id=deal["id"], title="x").code == "NOT_FOUND"
        assert world.do("change_task", actor, task_id=mine["id"], progress=50)["status"] == "IN_PROGRESS"
    assert world.do("complete_task", manager_actor(helper), task_id=mine["id"])["task"]["status"] == "DONE"
    assert len(world.ask("list_tasks", SALES)["nodes"]) == 3


@pytest.mark.parametrize(
    ("operation", "given", "field"),
    [
        ("add_task", {"title": "Call", "due_on": "9999-12-31"}, "due_on"),
        ("add_task", {"title": "Call", "due_at": "9999-12-31T23:59:59Z"}, "due_at"),
        ("move_deal", {"stage": "proposal", "occurred_at": "0001-01-01T00:00:00Z"}, "occurred_at"),
        ("hold_deal", {"reason": "later", "until": "9999-12-31T23:59:59Z"}, "until"),
    ],
)
def test_moments_that_no_calendar_tells_are_bad_input(world: World, operation: str, given: Any, field: str) -> None:
    deal = world.open()
    problem = world.refused(operation, deal_id=deal["id"], **given)
    assert (problem.code, problem.field) == ("INVALID", (field,))
