"""Approvals of the head of sales, and the guard that waits for them."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.errors import Forbidden
from chassis.ids import new_id
from chassis.wire import Json
from tests.services.deals.definitions import definition, stage
from tests.services.deals.world import MANAGER, SALES, TEAM, World, manager_actor

GUARD = [{"name": "approved_by_head_of_sales"}]


def publish(world: World) -> Json:
    given = definition("export_sale", stage("contact"), stage("offer", guards=GUARD), stage("contract", guards=GUARD))
    made = world.do("draft_sales_process", SALES, definition=given)
    return world.do("publish_sales_process", SALES, draft_id=made["id"])


def open_deal(world: World, **more: Any) -> Json:
    world.processes["export_sale"] = publish(world)
    return world.open("export_sale", **more)


def test_a_stage_is_entered_once_it_is_approved(world: World) -> None:
    deal = open_deal(world)
    move = {"deal_id": deal["id"], "stage": "offer"}
    assert world.refused("move_deal", **move).details == ("approved_by_head_of_sales",)

    asked = world.do("request_approval", **move, note="They are in a hurry")
    assert (asked["status"], asked["requested_by"], asked["note"]) == ("REQUESTED", "admin", "They are in a hurry")
    assert world.refused("move_deal", **move).code == "GUARDS_UNMET"
    (told,) = world.told("approval.requested")
    assert (told["approval_id"], told["deal_id"], told["stage"]) == (asked["id"], deal["id"], "offer")
    assert "hurry" not in str(told)

    decided = world.do("decide_approval", SALES, approval_id=asked["id"], approved=True, expected_version=1)
    assert (decided["status"], decided["decided_by"], decided["version"]) == ("APPROVED", "sales", 2)
    assert [event["status"] for event in world.told("approval.decided")] == ["APPROVED"]
    assert world.do("move_deal", **move)["stage"] == "offer"
    # the next stage has an approval of its own
    assert world.refused("move_deal", deal_id=deal["id"], stage="contract").code == "GUARDS_UNMET"


def test_what_is_rejected_may_be_asked_for_again(world: World) -> None:
    deal = open_deal(world)
    asked = {"deal_id": deal["id"], "stage": "offer"}
    first = world.do("request_approval", **asked)
    assert world.refused("request_approval", **asked).code == "APPROVAL_PENDING"
    world.do("decide_approval", SALES, approval_id=first["id"], approved=False, note="Too early")
    assert world.refused("move_deal", **asked).code == "GUARDS_UNMET"
    assert world.refused("decide_approval", SALES, approval_id=first["id"], approved=True).code == "ALREADY_DECIDED"

    second = world.do("request_approval", **asked)
    world.do("decide_approval", SALES, approval_id=second["id"], approved=True)
    assert world.refused("request_approval", **asked).code == "ALREADY_APPROVED"
    (found,) = world.ask("approvals_of_deals", deal_ids=[deal["id"]])["approvals"]
    assert [(one["status"], one["decision_note"]) for one in found] == [("REJECTED", "Too early"), ("APPROVED", None)]


def test_it_is_a_task_of_the_head_over_the_manager_and_done_by_the_decision(world: World) -> None:
    head, ann, team = new_id(MANAGER), new_id(MANAGER), new_id(TEAM)
    world.hear("team.registered", 1, team_id=team, head_id=head, parent_id=None)
    world.hear("manager.registered", 1, manager_id=ann, team_id=team)
    deal = open_deal(world, manager_id=ann)
    asked = world.do("request_approval", manager_actor(ann), deal_id=deal["id"], stage="offer")
    (created,) = world.told("task.created")
    assert (created["task_id"], created["assignee_id"]) == (asked["task_id"], str(head))
    world.do("decide_approval", SALES, approval_id=asked["id"], approved=False)
    assert [event["task_id"] for event in world.told("task.completed")] == [asked["task_id"]]


def test_a_decision_stands_also_where_the_task_was_finished_by_hand(world: World) -> None:
    deal = open_deal(world)
    asked = world.do("request_approval", deal_id=deal["id"], stage="offer")
    world.do("complete_task", task_id=asked["task_id"])
    assert world.refused("move_deal", deal_id=deal["id"], stage="offer").code == "GUARDS_UNMET"
    world.do("decide_approval", SALES, approval_id=asked["id"], approved=True)
    assert len(world.told("task.completed")) == 1


def test_what_needs_no_approval(world: World) -> None:
    deal = open_deal(world)
    assert world.refused("request_approval", deal_id=deal["id"], stage="contact").code == "NO_APPROVAL_NEEDED"
    assert world.refused("request_approval", deal_id=deal["id"], stage="moon").code == "UNKNOWN_STAGE"
    world.do("lose_deal", deal_id=deal["id"], reason="price")
    assert world.refused("request_approval", deal_id=deal["id"], stage="offer").code == "DEAL_CLOSED"


def test_only_the_head_of_sales_decides_and_nobody_sees_those_of_others(world: World) -> None:
    ann, bob = new_id(MANAGER), new_id(MANAGER)
    deal = open_deal(world, manager_id=ann)
    asked = world.do("request_approval", manager_actor(ann), deal_id=deal["id"], stage="offer")
    with pytest.raises(Forbidden):
        world.do("decide_approval", manager_actor(ann), approval_id=asked["id"], approved=True)
    stranger = world.refused("request_approval", manager_actor(bob), deal_id=deal["id"], stage="offer")
    assert (stranger.code, stranger.field) == ("NOT_FOUND", ("deal",))
    unknown = world.refused("decide_approval", SALES, approval_id=new_id(0x211), approved=True)
    assert (unknown.code, unknown.field) == ("NOT_FOUND", ("approval",))
    old = world.refused("decide_approval", SALES, approval_id=asked["id"], approved=True, expected_version=7)
    assert (old.code, old.field) == ("CONFLICT", ("expectedVersion",))

    for actor, seen in ((manager_actor(ann), 1), (manager_actor(bob), 0), (SALES, 1)):
        pending = world.ask("list_approvals", actor, status="REQUESTED", page={"total": True})
        assert (len(pending["nodes"]), pending["total"]) == (seen, seen)
        assert len([one for one in world.ask("approvals_by_ids", actor, ids=[asked["id"]])["nodes"] if one]) == seen
        assert len(world.ask("approvals_of_deals", actor, deal_ids=[deal["id"]])["approvals"][0]) == seen
    assert world.ask("list_approvals", status="APPROVED")["nodes"] == []


def test_an_approval_is_of_one_version(world: World) -> None:
    deal = open_deal(world)
    asked = world.do("request_approval", deal_id=deal["id"], stage="offer")
    world.do("decide_approval", SALES, approval_id=asked["id"], approved=True)
    world.do("change_deal_process", SALES, deal_id=deal["id"], process_id=publish(world)["id"])
    assert world.refused("move_deal", deal_id=deal["id"], stage="offer").code == "GUARDS_UNMET"
