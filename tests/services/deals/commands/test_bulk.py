"""Commands for many deals at once: a result for each row, and one row's failure hinders no other."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.errors import Refused
from chassis.ids import new_id
from tests.services.deals.commands.test_at_once import at_once
from tests.services.deals.world import MANAGER, PARTNER, World, manager_actor


def codes(answer: Any) -> list[tuple[str, list[str]]]:
    return [(r["status"], [problem["code"] for problem in r["problems"]]) for r in answer["results"]]


def test_each_row_moves_by_the_rules_of_its_deal(world: World) -> None:
    free, controlled, manual, voided = (
        world.open(key)["id"] for key in ("free_deal", "typical_sale", "manual_sale", "manual_sale")
    )
    world.do("void_deal", deal_id=voided, reason="a mistake")
    rows = [
        {"deal_id": free, "stage": "proposal"},
        {"deal_id": controlled, "stage": "proposal"},
        {"deal_id": manual, "stage": "proposal", "expected_version": 1},
        {"deal_id": manual, "stage": "fulfilment", "expected_version": 1},
        {"deal_id": voided, "stage": "proposal"},
        {"deal_id": new_id(0x202), "stage": "proposal"},
        {"deal_id": "nonsense", "stage": "proposal"},
    ]
    answer = world.do("bulk_move_deals", rows=rows)
    assert codes(answer) == [
        ("REFUSED", ["NO_STAGES"]),
        ("REFUSED", ["NOT_NEXT_STAGE"]),
        ("DONE", []),
        ("REFUSED", ["CONFLICT"]),
        ("REFUSED", ["DEAL_VOIDED"]),
        ("REFUSED", ["NOT_FOUND"]),
        ("REFUSED", ["INVALID"]),
    ]
    assert [result["id"] for result in answer["results"]][:3] == [free, controlled, manual]
    (event,) = world.told("deal.stage_changed")
    assert event["deal_id"] == manual


def test_deals_are_assigned(world: World) -> None:
    ann, bob = new_id(MANAGER), new_id(MANAGER)
    mine, theirs, closed = (world.open(manager_id=owner)["id"] for owner in (ann, bob, ann))
    world.do("lose_deal", deal_id=closed, reason="price")
    rows = [{"deal_id": deal, "manager_id": bob} for deal in (mine, theirs, closed)]
    answer = world.do("bulk_assign_deals", manager_actor(ann), rows=rows)
    assert codes(answer) == [("DONE", []), ("REFUSED", ["NOT_FOUND"]), ("REFUSED", ["DEAL_CLOSED"])]
    (event,) = world.told("deal.changed")
    assert (event["deal_id"], event["old_manager_id"], event["manager_id"]) == (mine, str(ann), str(bob))


def test_deals_are_closed_by_the_rules_for_one(world: World) -> None:
    won, lost, controlled, reasonless, muddled, retired = (
        world.open(key)["id"] for key in ("manual_sale", "manual_sale", "typical_sale", *["manual_sale"] * 3)
    )
    client = new_id(PARTNER)
    world.hear("partner.registered", 1, partner_id=client, roles=["CLIENT"])
    world.do("retire_loss_reason", given={"key": "timing"})
    rows = [
        {"deal_id": won, "outcome": "WON"},
        {"deal_id": lost, "outcome": "LOST", "reason": "price", "expected_version": 1},
        {"deal_id": controlled, "outcome": "WON"},
        {"deal_id": reasonless, "outcome": "LOST"},
        {"deal_id": muddled, "outcome": "WON", "reason": "price"},
        {"deal_id": retired, "outcome": "LOST", "reason": "timing"},
        {"deal_id": retired, "outcome": "LOST", "reason": "price", "competitor_id": client},
        {"deal_id": retired, "outcome": "IN_PROGRESS"},
    ]
    answer = world.do("bulk_close_deals", rows=rows)
    assert codes(answer) == [
        ("DONE", []),
        ("DONE", []),
        ("REFUSED", ["SHIPMENT_REQUIRED"]),
        ("REFUSED", ["REQUIRED"]),
        ("REFUSED", ["NOT_LOST"]),
        ("REFUSED", ["REASON_RETIRED"]),
        ("REFUSED", ["NOT_A_COMPETITOR"]),
        ("REFUSED", ["INVALID"]),
    ]
    assert [event["type"] for event in world.told("deal.won", "deal.lost")] in (
        ["deal.won", "deal.lost"], ["deal.lost", "deal.won"],
    )  # fmt: skip


def test_a_bulk_has_at_most_five_hundred_rows(world: World) -> None:
    deal = world.open()["id"]
    rows = [{"deal_id": deal, "stage": "proposal"}] * 501
    with pytest.raises(Refused) as refusal:
        world.do("bulk_move_deals", rows=rows)
    assert [(problem.code, problem.field) for problem in refusal.value.problems] == [("TOO_LONG", ("rows",))]
    assert world.told("deal.stage_changed") == []


def test_a_bulk_repeated_with_its_key_has_one_effect(world: World) -> None:
    rows = [{"deal_id": world.open()["id"], "stage": "proposal"} for _ in range(5)]
    answers = at_once(4, lambda _: world.do("bulk_move_deals", key="once", rows=rows))
    assert all(answer == answers[0] for answer in answers)
    assert codes(answers[0]) == [("DONE", [])] * 5
    assert len(world.told("deal.stage_changed")) == 5


def test_two_bulks_over_the_same_deals_wait_for_each_other(world: World) -> None:
    deals = [world.open()["id"] for _ in range(8)]

    def move(place: int) -> Any:
        order = deals if place % 2 else deals[::-1]
        return world.do(
            "bulk_move_deals", rows=[{"deal_id": d, "stage": "proposal", "expected_version": 1} for d in order]
        )

    done = [status for answer in at_once(4, move) for status, _ in codes(answer)].count("DONE")
    assert done == len(world.told("deal.stage_changed")) == 8
