"""Plans of work through the gateway."""

from __future__ import annotations

from typing import Any

from tests.gateway.system import System
from tests.gateway.test_deals import open_deal, register_manager
from tests.services.deals.plans import planned_sale


def add_task(system: System, deal: str, title: str = "Call", **more: Any) -> Any:
    payload = system.do("addTask", "task { id status assignee { name } }", deal=deal, title=title, **more)
    assert payload["errors"] == []
    return payload["task"]


def test_a_plan_of_work(system: System) -> None:
    ann = register_manager(system, "Ann")
    deal = open_deal(system, "free_deal", manager=ann)["id"]
    first = add_task(system, deal, "First", dueOn="2090-01-01", description="by phone")
    assert first["assignee"] == {"name": "Ann"}
    last = add_task(system, deal, "Last", prerequisites=[first["id"]])

    blocked = system.do("completeTask", "task { id } missing { code }", task=last["id"])
    assert [(e["code"], e["field"], e["details"]) for e in blocked["errors"]] == [
        ("TASK_BLOCKED", ["task"], [first["id"]])
    ]
    changed = system.do(
        "changeTask", "task { dueOn dueAt description status progress version }",
        task=first["id"], dueOn=None, dueAt="2090-01-01T10:00:00+02:00", description=None, progress=40, expectedVersion=1,
    )  # fmt: skip
    assert changed["task"] == {
        "dueOn": None, "dueAt": "2090-01-01T08:00:00Z", "description": None, "status": "IN_PROGRESS", "progress": 40,
        "version": 2,
    }  # fmt: skip
    done = system.do(
        "completeTask", "task { status progress } deal { workPlan { progress done total } } movedTo missing { code }",
        task=first["id"],
    )  # fmt: skip
    assert done == {
        "task": {"status": "DONE", "progress": 100},
        "deal": {"workPlan": {"progress": 0.5, "done": 1, "total": 2}},
        "movedTo": None,
        "missing": [],
        "errors": [],
    }
    assert system.do("cancelTask", "task { status }", task=last["id"])["task"] == {"status": "CANCELLED"}
    assert system.do("reopenTask", "task { status }", task=last["id"])["task"] == {"status": "PLANNED"}
    found = system.ask(
        """query($id: ID!) { deal(id: $id) { tasks { title status blocked overdue prerequisites { title } } }
           tasks(filter: { deals: [$id], statuses: [PLANNED] }) { totalCount nodes { title deal { id } } } }""",
        id=deal,
    )
    assert found["deal"]["tasks"] == [
        {"title": "First", "status": "DONE", "blocked": False, "overdue": False, "prerequisites": []},
        {
            "title": "Last",
            "status": "PLANNED",
            "blocked": False,
            "overdue": False,
            "prerequisites": [{"title": "First"}],
        },
    ]
    assert found["tasks"] == {"totalCount": 1, "nodes": [{"title": "Last", "deal": {"id": deal}}]}
    by_id = "query($id: ID!) { task(id: $id) { title } node(id: $id) { id ... on Task { title } } }"
    assert system.ask(by_id, id=last["id"]) == {"task": {"title": "Last"}, "node": {"id": last["id"], "title": "Last"}}


def test_the_last_task_moves_the_deal_or_says_what_is_missing(system: System) -> None:
    process = planned_sale(system.databases["deals"], moves_on=True, guards=("client_classified",))
    deal = system.do("openDeal", "deal { id }", process=process, title="Planned")["deal"]["id"]
    system.do("moveDeal", "deal { id }", deal=deal, stage="offer")
    tasks = system.ask("query($id: ID!) { deal(id: $id) { tasks { id stage title } } }", id=deal)["deal"]["tasks"]
    by_title = {task["title"]: task["id"] for task in tasks}
    assert sorted(by_title) == ["Check the offer", "Prepare an offer", "Say hello"]
    system.do("completeTask", "task { id }", task=by_title["Prepare an offer"])
    done = system.do(
        "completeTask", "task { status } deal { stage { key } } movedTo missing { code field details }",
        task=by_title["Check the offer"],
    )  # fmt: skip
    assert done == {
        "task": {"status": "DONE"},
        "deal": {"stage": {"key": "offer"}},
        "movedTo": None,
        "missing": [{"code": "GUARDS_UNMET", "field": ["stage"], "details": ["client_classified"]}],
        "errors": [],
    }


def test_an_assignee_sees_the_task_and_not_the_deal(system: System) -> None:
    ann, bob = register_manager(system, "Ann"), register_manager(system, "Bob")
    deal = open_deal(system, manager=ann)["id"]
    task = add_task(system, deal, assignee=bob)["id"]
    add_task(system, deal, "Ann's")
    seen = system.ask("{ tasks { totalCount nodes { id deal { id } } } }", role="manager", member=bob)["tasks"]
    assert seen == {"totalCount": 1, "nodes": [{"id": task, "deal": None}]}
    done = system.do("completeTask", "task { status } deal { id }", role="manager", member=bob, task=task)
    assert done == {"task": {"status": "DONE"}, "deal": None, "errors": []}


def test_references_are_checked(system: System) -> None:
    ann = register_manager(system)
    deal = open_deal(system)["id"]
    refused = system.do("addTask", "task { id }", deal=ann, title="x", assignee=deal, prerequisites=[deal])
    assert {(e["code"], *e["field"]) for e in refused["errors"]} == {
        ("WRONG_KIND", "deal"), ("WRONG_KIND", "assignee"), ("WRONG_KIND", "prerequisites", "0"),
    }  # fmt: skip
    percent = system.do("changeTask", "task { id }", task=add_task(system, deal)["id"], progress=300)
    assert [(e["code"], e["field"]) for e in percent["errors"]] == [("INVALID", ["progress"])]
    year = 'mutation($d: ID!) { addTask(input: { deal: $d, title: "x", dueOn: "20206-01-01" }) { task { id } } }'
    assert system.answer(year, d=deal)["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


def test_tasks_of_many_deals_cost_one_request(system: System) -> None:
    deals = [open_deal(system)["id"] for _ in range(5)]
    for deal in deals:
        first = add_task(system, deal)["id"]
        add_task(system, deal, prerequisites=[first])
    system.asked.clear()
    system.ask("{ deals { nodes { tasks { title prerequisites { title } } workPlan { total } } } }")
    assert sorted(system.asked) == [
        "deals.list_deals", "deals.tasks_by_ids", "deals.tasks_of_deals", "deals.work_plans_of_deals",
    ]  # fmt: skip
