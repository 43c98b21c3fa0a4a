"""Deals that go from one manager to another."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.ids import new_id
from tests.services.deals.world import MANAGER, PARTNER, World, manager_actor

NOW = datetime.now(UTC)
ANN, BOB = new_id(MANAGER), new_id(MANAGER)


def hand_over(world: World, *actor: Any, **more: Any) -> Any:
    return world.do("hand_over_deals", *actor, **{"from_manager_id": ANN, "to_manager_id": BOB, **more})


def owners(world: World, *ids: str) -> list[str | None]:
    return [world.deal(deal_id)["manager_id"] for deal_id in ids]


def test_all_deals_in_progress_go_over_each_with_its_event(world: World) -> None:
    first, second = world.open(manager_id=ANN)["id"], world.open(manager_id=ANN)["id"]
    closed, voided, other = (world.open(manager_id=owner)["id"] for owner in (ANN, ANN, new_id(MANAGER)))
    world.do("win_deal", deal_id=closed)
    world.do("void_deal", deal_id=voided, reason="a mistake")
    before = owners(world, closed, voided, other)
    answer = hand_over(world)
    assert answer["handed_over"] == 2
    assert {result["id"] for result in answer["results"]} == {first, second}
    assert owners(world, first, second) == [str(BOB)] * 2
    assert owners(world, closed, voided, other) == before
    told = world.told("deal.changed")
    assert {(event["deal_id"], event["old_manager_id"], event["manager_id"]) for event in told} == {
        (first, str(ANN), str(BOB)), (second, str(ANN), str(BOB)),
    }  # fmt: skip
    assert world.changes(first)["nodes"][0]["field"] == "manager"


def test_named_deals_go_over_and_those_that_cannot_hinder_none(world: World) -> None:
    mine, theirs, closed = (world.open(manager_id=owner)["id"] for owner in (ANN, new_id(MANAGER), ANN))
    kept = world.open(manager_id=ANN)["id"]
    world.do("win_deal", deal_id=closed)
    missing = str(new_id(0x202))
    answer = hand_over(world, deal_ids=[theirs, mine, closed, missing])
    codes = [[problem["code"] for problem in result["problems"]] for result in answer["results"]]
    assert codes == [["NOT_THEIR_DEAL"], [], ["DEAL_CLOSED"], ["NOT_FOUND"]]
    assert (answer["handed_over"], owners(world, mine, kept)) == (1, [str(BOB), str(ANN)])
    assert len(world.told("deal.changed")) == 1


def test_on_a_day_to_come_deals_go_over_as_it_begins(world: World) -> None:
    deal = world.open(manager_id=ANN)["id"]
    day = (NOW + timedelta(days=3)).date()
    answer = hand_over(world, on=day)
    assert (answer["handed_over"], answer["on"], answer["results"]) == (0, day.isoformat(), [])
    assert world.ask("planned_hand_overs")["nodes"] == [answer["planned"]]
    later = world.open(manager_id=ANN)["id"]
    world.fire(NOW + timedelta(days=1))
    assert owners(world, deal) == [str(ANN)]
    world.fire(NOW + timedelta(days=4))
    assert owners(world, deal, later) == [str(BOB)] * 2
    assert {change["by"] for change in world.changes(deal)["nodes"]} == {"admin"}


def test_what_is_planned_is_seen_within_reach_and_can_be_cancelled(world: World) -> None:
    deal = world.open(manager_id=ANN)["id"]
    planned = hand_over(world, on=(NOW + timedelta(days=3)).date())["planned"]
    assert planned["from_manager_id"] == str(ANN) and planned["deal_ids"] is None
    assert world.ask("planned_hand_overs", manager_actor(ANN))["nodes"] == [planned]
    assert world.ask("planned_hand_overs", manager_actor(BOB))["nodes"] == []
    cancel = {"hand_over_id": planned["id"]}
    assert world.refused("cancel_planned_hand_over", manager_actor(BOB), **cancel).code == "NOT_FOUND"
    assert world.do("cancel_planned_hand_over", **cancel) == planned
    assert world.refused("cancel_planned_hand_over", **cancel).code == "NOT_FOUND"
    assert world.ask("planned_hand_overs", ids=[planned["id"]])["nodes"] == [None]
    world.fire(NOW + timedelta(days=4))
    assert owners(world, deal) == [str(ANN)]


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ({"to_manager_id": ANN}, "SAME_MANAGER"),
        ({"on": (NOW - timedelta(days=2)).date()}, "HAND_OVER_IN_PAST"),
        ({"deal_ids": [new_id(0x202) for _ in range(501)]}, "TOO_LONG"),
    ],
)
def test_what_cannot_be_meant_changes_nothing(world: World, payload: dict[str, Any], code: str) -> None:
    world.open(manager_id=ANN)
    given = {"from_manager_id": ANN, "to_manager_id": BOB, **payload}
    assert world.refused("hand_over_deals", **given).code == code


def test_nobody_hands_over_what_they_do_not_see(world: World) -> None:
    deal = world.open(manager_id=ANN)["id"]
    stranger = manager_actor(new_id(MANAGER))
    assert hand_over(world, stranger)["handed_over"] == 0
    (result,) = hand_over(world, stranger, deal_ids=[deal])["results"]
    assert result["problems"][0]["code"] == "NOT_FOUND"
    assert hand_over(world, manager_actor(ANN))["handed_over"] == 1


def test_deals_go_along_with_their_partner_where_that_was_asked_for(world: World) -> None:
    partner, merged = new_id(PARTNER), new_id(PARTNER)
    world.hear("partner.merged", 2, partner_id=merged, into_id=partner)
    deals = [world.open(manager_id=ANN, partner_id=one)["id"] for one in (partner, merged)]
    others = [
        world.open(manager_id=ANN)["id"],
        world.open(manager_id=ANN, partner_id=new_id(PARTNER))["id"],
    ]
    own = world.open(manager_id=new_id(MANAGER), partner_id=partner)["id"]
    kept = owners(world, *others, own)
    told = {"partner_id": partner, "old_manager_id": ANN, "manager_id": BOB}
    world.hear("partner.handed_over", 3, **told, deals=False)
    assert owners(world, *deals) == [str(ANN)] * 2
    world.hear("partner.handed_over", 4, **told, deals=True)
    assert owners(world, *deals) == [str(BOB)] * 2
    assert owners(world, *others, own) == kept
    world.hear("partner.handed_over", 4, **told, deals=True)
    assert len(world.told("deal.changed")) == 2
