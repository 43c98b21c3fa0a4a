"""Reading tasks and plans of work."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import hypothesis.strategies as st
from hypothesis import HealthCheck, given, settings

from chassis.errors import Refused
from chassis.ids import new_id
from chassis.wire import Json
from services.deals.storage.tables import tasks
from tests.services.deals.world import MANAGER, World

NOW = datetime.now(UTC)


def make_late(world: World, *of: Json) -> None:
    """Let the time of tasks have come."""
    with world.database.transaction() as tx:
        for task in of:
            late = NOW - timedelta(minutes=1)
            tx.connection.execute(tasks.update().where(tasks.c.title == task["title"]).values(due_at=late))


def titles(world: World, **query: Any) -> str:
    """Read a list page by page, two at a time."""
    found, after = "", None
    while True:
        page = world.ask("list_tasks", **query, page={"first": 2, "after": after})
        found += "".join(task["title"] for task in page["nodes"])
        if not page["has_next"]:
            return found
        after = page["cursors"][-1]


def test_lists_narrowed_and_in_order(world: World) -> None:
    one, two, ann, bob = world.open(), world.open("free_deal"), new_id(MANAGER), new_id(MANAGER)

    def add(title: str, deal: Json, **more: Any) -> Json:
        task: Json = world.do("add_task", deal_id=deal["id"], title=title, **more)
        return task

    a = add("a", one, assignee_id=ann, due_at=NOW + timedelta(days=3), priority="HIGH")
    add("b", one, assignee_id=bob, due_at=NOW + timedelta(days=1), prerequisite_ids=[a["id"]])
    c = add("c", two, assignee_id=ann, stage=None)
    d = add("d", two, assignee_id=ann, due_at=NOW + timedelta(days=2))
    world.do("complete_task", task_id=c["id"])
    assert titles(world) == "bdac"
    assert titles(world, descending=True) == "cadb"
    assert titles(world, order="CREATED_AT") == "abcd"
    assert titles(world, filter={"assignee_ids": [ann], "statuses": ["PLANNED"]}) == "da"
    assert titles(world, filter={"deal_ids": [two["id"]]}) == "dc"
    assert titles(world, filter={"priorities": ["HIGH"]}) == "a"
    assert titles(world, filter={"blocked": True}) == "b"
    assert titles(world, filter={"blocked": False}, order="CREATED_AT") == "acd"
    assert titles(world, filter={"stages": ["first_contact"]}) == ""

    make_late(world, a, d, c)
    assert titles(world, filter={"overdue": True}, order="CREATED_AT") == "ad"
    assert titles(world, filter={"overdue": False}, order="CREATED_AT") == "bc"
    assert world.ask("tasks_by_ids", ids=[a["id"], c["id"]])["nodes"][0]["overdue"] is True
    world.do("lose_deal", deal_id=two["id"], reason="price")
    assert titles(world, filter={"overdue": True}) == "a"  # a closed deal has no late tasks
    assert world.ask("list_tasks", filter={"assignee_ids": []}, page={"total": True})["total"] == 0


def test_tasks_and_plans_for_each_deal(world: World) -> None:
    one, two, none = world.open(), world.open(), world.open()
    ids = [
        world.do("add_task", deal_id=deal["id"], title=title)["id"]
        for deal, title in ((one, "a"), (two, "b"), (one, "c"), (one, "d"), (one, "e"))
    ]
    world.do("complete_task", task_id=ids[0])
    world.do("cancel_task", task_id=ids[2])
    asked = [deal["id"] for deal in (two, none, one)]
    found = world.ask("tasks_of_deals", deal_ids=asked)["tasks"]
    assert [[task["title"] for task in tasks] for tasks in found] == [["b"], [], ["a", "c", "d", "e"]]
    assert world.ask("work_plans_of_deals", deal_ids=asked)["plans"] == [
        {"progress": 0.0, "done": 0, "total": 1},
        {"progress": None, "done": 0, "total": 0},
        {"progress": 1 / 3, "done": 1, "total": 3},
    ]


ACTS = st.tuples(
    st.sampled_from(["add_task", "complete_task", "cancel_task", "reopen_task", "change_task"]),
    st.integers(0, 5),
    st.lists(st.integers(0, 5), max_size=2),
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACTS, max_size=14))
def test_what_is_stored_keeps_to_the_plan(world: World, acts: list[tuple[str, int, list[int]]]) -> None:
    deal = world.open()
    ids: list[str] = []
    for operation, which, before in acts:
        waits_for = [ids[i] for i in before if i < len(ids)]
        known = world.ask("tasks_of_deals", deal_ids=[deal["id"]])
        try:
            if operation == "add_task":
                task = world.do("add_task", deal_id=deal["id"], title="t", prerequisite_ids=waits_for)
                ids.append(task["id"])
            elif which < len(ids):
                more = {"prerequisite_ids": waits_for} if operation == "change_task" else {}
                world.do(operation, given=more, task_id=ids[which])
        except Refused:
            assert world.ask("tasks_of_deals", deal_ids=[deal["id"]]) == known

    (found,) = world.ask("tasks_of_deals", deal_ids=[deal["id"]])["tasks"]
    by_id = {task["id"]: task for task in found}
    assert set(by_id) == set(ids)
    for task in found:
        waiting = any(by_id[one]["status"] in ("PLANNED", "IN_PROGRESS") for one in task["prerequisite_ids"])
        assert task["blocked"] == (waiting and task["status"] in ("PLANNED", "IN_PROGRESS"))
        assert task["status"] != "DONE" or not waiting
    told = [event for event in world.told() if event.get("task_id") in by_id]
    for one in ids:
        sequence = [event["sequence"] for event in told if event["task_id"] == one]
        assert sequence == list(range(1, by_id[one]["version"] + 1))
    (plan,) = world.ask("work_plans_of_deals", deal_ids=[deal["id"]])["plans"]
    counted = [task["status"] for task in found if task["status"] != "CANCELLED"]
    assert (plan["done"], plan["total"]) == (counted.count("DONE"), len(counted))
    assert plan["progress"] == (counted.count("DONE") / len(counted) if counted else None)
