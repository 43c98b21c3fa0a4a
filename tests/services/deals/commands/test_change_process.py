"""Deals that go on in a newer version of their process, or in another process."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.errors import Forbidden
from chassis.ids import new_id
from chassis.wire import Json
from tests.services.deals.definitions import definition, stage
from tests.services.deals.world import MANAGER, PARTNER, SALES, World, manager_actor

PLAN = [{"key": "call", "title": "Call", "due_in_business_days": 1}]


def published(world: World, given: Json) -> Json:
    made = world.do("draft_sales_process", SALES, definition=given)
    return world.do("publish_sales_process", SALES, draft_id=made["id"])


def second_version(world: World) -> Json:
    """A version of the sale by hand that begins otherwise, has no negotiation and ends with a new stage."""
    keys = ("inquiry", "first_contact", "qualification", "proposal", "fulfilment", "thanks")
    plans = {"inquiry": PLAN, "proposal": PLAN}
    return published(
        world,
        definition("manual_sale", *(stage(key, plan=plans.get(key, [])) for key in keys), control="MANUAL"),
    )


def change(world: World, deal: Json, process: Json, **more: Any) -> Json:
    return world.do("change_deal_process", SALES, deal_id=deal["id"], process_id=process["id"], **more)


def test_a_deal_goes_on_in_the_newer_version_at_the_same_stage(world: World) -> None:
    deal = world.open("manual_sale")
    for key in ("fulfilment", "proposal"):
        deal = world.do("move_deal", deal_id=deal["id"], stage=key)
    newer = second_version(world)

    changed = change(world, deal, newer, expected_version=3)
    assert (changed["process_id"], changed["stage"], changed["version"]) == (newer["id"], "proposal", 4)
    last = world.history(deal["id"])[-1]
    assert (last["kind"], last["from_stage"], last["to_stage"]) == ("PROCESS_CHANGED", "proposal", "proposal")
    assert (last["from_process_id"], last["to_process_id"]) == (deal["process_id"], newer["id"])
    (told,) = world.told("deal.process_changed")
    assert (told["process_id"], told["process_version"], told["old_process_id"], told["old_process_version"]) == (
        newer["id"], 2, deal["process_id"], 1,
    )  # fmt: skip
    assert (told["old_stage"], told["old_rank"], told["new_stage"], told["new_rank"]) == ("proposal", 3, "proposal", 4)
    assert (told["highest_stage"], told["highest_rank"]) == ("fulfilment", 5)  # it was there before
    assert world.told("task.created") == []  # it stands where it stood
    assert world.do("move_deal", deal_id=deal["id"], stage="thanks")["stage"] == "thanks"


def test_a_stage_that_is_no_more_has_to_be_named(world: World) -> None:
    deal = world.open_at("negotiation", "manual_sale")
    newer = second_version(world)
    payload = {"deal_id": deal["id"], "process_id": newer["id"]}
    problem = world.refused("change_deal_process", SALES, **payload)
    assert (problem.code, problem.field, "thanks" in problem.details) == ("STAGE_REQUIRED", ("stage",), True)
    assert world.refused("change_deal_process", SALES, **payload, stage="moon").code == "UNKNOWN_STAGE"

    assert change(world, deal, newer, stage="inquiry")["stage"] == "inquiry"
    assert [event["stage"] for event in world.told("task.created")] == ["inquiry"]
    (told,) = world.told("deal.process_changed")
    assert (told["highest_stage"], told["highest_rank"]) == ("proposal", 4)  # the furthest of what it reached


def test_what_was_reached_in_another_process_counts_there_no_more(world: World) -> None:
    deal = world.open_at("fulfilment")
    change(world, deal, world.processes["manual_sale"], stage="proposal")
    (told,) = world.told("deal.process_changed")
    assert (told["process_key"], told["old_process_key"]) == ("manual_sale", "typical_sale")
    assert (told["highest_stage"], told["highest_rank"]) == ("proposal", 3)
    assert world.do("win_deal", deal_id=deal["id"])["outcome"] == "WON"


def test_there_and_back_without_stages(world: World) -> None:
    deal = world.open_at("proposal", "manual_sale")
    named = {"deal_id": deal["id"], "process_id": world.processes["free_deal"]["id"], "stage": "proposal"}
    assert world.refused("change_deal_process", SALES, **named).code == "NO_STAGES"
    assert change(world, deal, world.processes["free_deal"])["stage"] is None
    assert change(world, deal, world.processes["typical_sale"])["stage"] == "first_contact"
    assert world.refused("win_deal", deal_id=deal["id"]).code == "SHIPMENT_REQUIRED"


def test_what_stays_in_its_process(world: World) -> None:
    deal = world.open("manual_sale")
    newer = second_version(world)
    payload = {"deal_id": deal["id"], "process_id": newer["id"]}
    assert world.refused("change_deal_process", SALES, **payload, expected_version=7).code == "CONFLICT"
    same = world.refused("change_deal_process", SALES, deal_id=deal["id"], process_id=deal["process_id"])
    assert (same.code, same.field) == ("SAME_PROCESS", ("process",))
    assert world.refused("change_deal_process", SALES, deal_id=deal["id"], process_id=new_id(0x201)).code == "NOT_FOUND"
    controlled = {"deal_id": deal["id"], "process_id": world.processes["typical_sale"]["id"], "stage": "qualification"}
    assert world.refused("change_deal_process", SALES, **controlled).code == "PARTNER_REQUIRED"
    world.do("win_deal", deal_id=deal["id"])
    assert world.refused("change_deal_process", SALES, **payload).code == "DEAL_CLOSED"


def test_managers_cannot_slip_past_guards_by_another_process(world: World) -> None:
    ann = new_id(MANAGER)
    deal = world.open("typical_sale", manager_id=ann)
    free = world.processes["free_deal"]
    with pytest.raises(Forbidden):
        world.do("change_deal_process", manager_actor(ann), deal_id=deal["id"], process_id=free["id"])
    bulk = {"from_process_id": deal["process_id"], "to_process_id": free["id"]}
    with pytest.raises(Forbidden):
        world.do("change_process_of_deals", manager_actor(ann), **bulk)


def test_all_open_deals_of_a_version_go_on_each_by_itself(world: World) -> None:
    standing = [world.open("manual_sale"), world.open_at("negotiation", "manual_sale")]
    lost = world.open_at("negotiation", "manual_sale")
    world.do("lose_deal", deal_id=lost["id"], reason="price")
    mistake = world.open("manual_sale")
    world.do("void_deal", deal_id=mistake["id"], reason="a mistake")
    other = world.open("free_deal")
    newer = second_version(world)
    bulk = {"from_process_id": standing[0]["process_id"], "to_process_id": newer["id"]}

    answer = world.do("change_process_of_deals", SALES, **bulk)
    assert [result["deal_id"] for result in answer["results"]] == [deal["id"] for deal in standing]
    assert [[problem["code"] for problem in result["problems"]] for result in answer["results"]] == [
        [], ["STAGE_REQUIRED"],
    ]  # fmt: skip
    assert answer["after"] is None
    assert len(world.told("deal.process_changed")) == 1

    mapped = [{"from_stage": "negotiation", "to_stage": "proposal"}]
    (result,) = world.do("change_process_of_deals", SALES, **bulk, stages=mapped)["results"]
    assert (result["deal"]["stage"], result["deal"]["process_id"]) == ("proposal", newer["id"])
    assert world.deal(lost["id"])["process_id"] == bulk["from_process_id"]
    assert world.deal(other["id"])["version"] == 1
    wrong = [{"from_stage": "negotiation", "to_stage": "moon"}]
    problem = world.refused("change_process_of_deals", SALES, **bulk, stages=wrong)
    assert (problem.code, problem.field) == ("UNKNOWN_STAGE", ("stages", "0", "to_stage"))


def test_history_told_again_finds_what_it_told_also_in_the_process_before(world: World) -> None:
    row = {
        "external_ref": {"system": "old", "id": "1"}, "process_key": "manual_sale", "title": "Told",
        "created_at": "2020-01-01T00:00:00Z", "transitions": [{"stage": "negotiation", "at": "2020-01-02T00:00:00Z"}],
    }  # fmt: skip
    (first,) = world.do("import_deals", rows=[row])["results"]
    change(world, {"id": first["id"]}, second_version(world), stage="proposal")
    (again,) = world.do("import_deals", rows=[row])["results"]
    assert (again["status"], again["id"]) == ("UNCHANGED", first["id"])


def test_partners_of_qualified_deals_stay(world: World) -> None:
    deal = world.open("manual_sale", partner_id=new_id(PARTNER))
    change(world, deal, world.processes["typical_sale"], stage="qualification")
    assert world.refused("change_deal", deal_id=deal["id"], partner_id=None).code == "PARTNER_REQUIRED"
