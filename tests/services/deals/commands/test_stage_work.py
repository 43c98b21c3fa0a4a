"""Stages' plans: their tasks come with the move, and their end may move the deal on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from chassis.ids import new_id
from chassis.settings import Enterprise
from chassis.wire import Json
from services.deals.domain.process import ControlMode
from tests.services.deals.plans import planned_sale
from tests.services.deals.world import MANAGER, TEAM, World, manager_actor

CALENDAR = Enterprise().calendar


def open_planned(world: World, process: str, **more: Any) -> Json:
    return world.do("open_deal", process_id=process, title="A deal", **more)


def tasks_of(world: World, deal: Json) -> dict[str, Json]:
    (tasks,) = world.ask("tasks_of_deals", deal_ids=[deal["id"]])["tasks"]
    return {task["title"]: task for task in tasks if task["status"] in ("PLANNED", "IN_PROGRESS")}


def complete(world: World, deal: Json, title: str) -> Json:
    return world.do("complete_task", task_id=tasks_of(world, deal)[title]["id"])


def test_entering_a_stage_makes_its_tasks(world: World) -> None:
    owner, head, team = new_id(MANAGER), new_id(MANAGER), new_id(TEAM)
    world.hear("team.registered", 1, team_id=team, head_id=head)
    world.hear("manager.registered", 1, manager_id=owner, team_id=team)
    deal = open_planned(world, planned_sale(world.database), manager_id=owner)
    assert [task["title"] for task in tasks_of(world, deal).values()] == ["Say hello"]

    world.do("move_deal", deal_id=deal["id"], stage="offer")
    tasks = tasks_of(world, deal)
    prepare, check = tasks["Prepare an offer"], tasks["Check the offer"]
    assert (prepare["assignee_id"], check["assignee_id"]) == (str(owner), str(head))
    assert (check["prerequisite_ids"], check["blocked"], prepare["blocked"]) == ([prepare["id"]], True, False)
    today = datetime.now(UTC).date()
    assert prepare["due_on"] == CALENDAR.add_business_days(today, 2).isoformat()
    assert check["due_on"] == CALENDAR.add_business_days(today, 3).isoformat()
    assert {task["stage"] for task in (prepare, check)} == {"offer"}
    told = world.told("deal.opened", "deal.stage_changed", "task.created")
    assert [event["type"] for event in told] == [
        "deal.opened", "task.created", "deal.stage_changed", "task.created", "task.created",
    ]  # fmt: skip
    assert world.deal(deal["id"])["version"] == 2


def test_the_nearest_head_above_the_team_counts_and_else_the_manager(world: World) -> None:
    owner, head, team, above = new_id(MANAGER), new_id(MANAGER), new_id(TEAM), new_id(TEAM)
    world.hear("team.registered", 1, team_id=team, parent_id=above)
    world.hear("manager.registered", 1, manager_id=owner, team_id=team)
    process = planned_sale(world.database)

    def checker() -> str:
        deal = open_planned(world, process, manager_id=owner)
        world.do("move_deal", deal_id=deal["id"], stage="offer")
        return str(tasks_of(world, deal)["Check the offer"]["assignee_id"])

    assert checker() == str(owner)
    world.hear("team.registered", 1, team_id=above, head_id=head)
    assert checker() == str(head)
    world.hear("team.changed", 2, team_id=above, parent_id=team)  # copies of different moments: a circle
    assert checker() == str(owner)


def test_coming_back_makes_no_task_twice(world: World) -> None:
    deal = open_planned(world, planned_sale(world.database, control=ControlMode.MANUAL))
    world.do("move_deal", deal_id=deal["id"], stage="offer")
    complete(world, deal, "Prepare an offer")
    before = tasks_of(world, deal)["Check the offer"]["id"]
    for stage in ("close", "offer"):
        world.do("move_deal", deal_id=deal["id"], stage=stage)
    after = tasks_of(world, deal)
    assert after["Check the offer"]["id"] == before  # still open: not made again
    assert set(after) == {"Say hello", "Check the offer", "Prepare an offer"}
    assert len(world.told("task.created")) == 4


def test_imported_moves_make_no_tasks(world: World) -> None:
    process = planned_sale(world.database)
    at = datetime.now(UTC) - timedelta(days=9)
    deal = open_planned(world, process, occurred_at=at)
    world.do("move_deal", deal_id=deal["id"], stage="offer", occurred_at=at + timedelta(days=1))
    row = {
        "external_ref": {"system": "old", "id": "1"},
        "process_id": process,
        "title": "Old",
        "created_at": at,
        "transitions": [{"stage": "offer", "at": at + timedelta(days=1)}],
    }
    assert world.do("import_deals", rows=[row])["results"][0]["status"] == "CREATED"
    assert world.told("task.created") == []
    assert world.ask("list_tasks")["nodes"] == []


def test_the_last_task_moves_the_deal_on(world: World) -> None:
    owner = new_id(MANAGER)
    deal = open_planned(world, planned_sale(world.database, moves_on=True), manager_id=owner)
    assert complete(world, deal, "Say hello")["moved_to"] is None  # the stage `contact` does not
    world.do("move_deal", deal_id=deal["id"], stage="offer")
    assert complete(world, deal, "Prepare an offer")["moved_to"] is None

    check = tasks_of(world, deal)["Check the offer"]
    done = world.do("complete_task", manager_actor(owner), task_id=check["id"])
    assert (done["task"]["status"], done["moved_to"], done["missing"]) == ("DONE", "close", [])
    assert world.deal(deal["id"])["stage"] == "close"
    assert world.told()[-1]["type"] == "deal.stage_changed"
    assert world.history(deal["id"])[-1]["by"] == str(owner)


def test_cancelling_what_is_left_finishes_a_stage_too(world: World) -> None:
    deal = open_planned(world, planned_sale(world.database, moves_on=True))
    world.do("move_deal", deal_id=deal["id"], stage="offer")
    complete(world, deal, "Prepare an offer")
    assert world.do("cancel_task", task_id=tasks_of(world, deal)["Check the offer"]["id"])["moved_to"] == "close"


def test_a_guard_holds_the_deal_and_not_the_task(world: World) -> None:
    deal = open_planned(world, planned_sale(world.database, moves_on=True, guards=("partner_known",)))
    world.do("move_deal", deal_id=deal["id"], stage="offer")
    complete(world, deal, "Prepare an offer")
    done = complete(world, deal, "Check the offer")
    assert (done["task"]["status"], done["moved_to"]) == ("DONE", None)
    (missing,) = done["missing"]
    assert (missing["code"], missing["details"]) == ("GUARDS_UNMET", ["partner_known"])
    assert world.deal(deal["id"])["stage"] == "offer"
    assert world.told()[-1]["type"] == "task.completed"


def test_a_task_of_another_stage_or_of_none_moves_nothing(world: World) -> None:
    deal = open_planned(world, planned_sale(world.database, moves_on=True))
    world.do("move_deal", deal_id=deal["id"], stage="offer")
    complete(world, deal, "Prepare an offer")
    free = world.do("add_task", deal_id=deal["id"], title="Free")
    assert world.do("complete_task", task_id=free["id"])["moved_to"] is None
    assert complete(world, deal, "Say hello")["moved_to"] is None
    assert world.deal(deal["id"])["stage"] == "offer"


def test_a_closed_deal_moves_nowhere(world: World) -> None:
    deal = open_planned(world, planned_sale(world.database, moves_on=True))
    world.do("move_deal", deal_id=deal["id"], stage="offer")
    complete(world, deal, "Prepare an offer")
    world.do("lose_deal", deal_id=deal["id"], reason="price")
    done = complete(world, deal, "Check the offer")
    assert [problem["code"] for problem in done["missing"]] == ["DEAL_CLOSED"]


def test_the_guard_on_the_stages_tasks(world: World) -> None:
    deal = open_planned(world, planned_sale(world.database, guards=("stage_tasks_done",)))
    world.do("move_deal", deal_id=deal["id"], stage="offer")  # `Say hello` is of the stage before, which has no guard
    problem = world.refused("move_deal", deal_id=deal["id"], stage="close")
    assert (problem.code, problem.details) == ("GUARDS_UNMET", ("stage_tasks_done",))
    complete(world, deal, "Prepare an offer")
    assert world.refused("move_deal", deal_id=deal["id"], stage="close").code == "GUARDS_UNMET"
    world.do("cancel_task", task_id=tasks_of(world, deal)["Check the offer"]["id"])
    assert world.do("move_deal", deal_id=deal["id"], stage="close")["stage"] == "close"
