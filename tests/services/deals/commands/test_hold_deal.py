"""Deals that wait."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from chassis.ids import new_id
from services.deals.storage.tables import holds
from tests.services.deals.world import MANAGER, World, manager_actor

NOW = datetime.now(UTC)
TODAY = NOW.date()
NEXT_WEEK = NOW + timedelta(days=7)


def intervals(world: World) -> list[Any]:
    with world.database.reading() as reading:
        return list(reading.connection.execute(sa.select(holds).order_by(holds.c.held_at)))


def test_a_deal_on_hold_is_in_progress_but_neither_moves_nor_is_won(world: World) -> None:
    deal = world.open()
    held = world.do("hold_deal", deal_id=deal["id"], reason="they wait for their budget", until=NEXT_WEEK)
    assert held["outcome"] == "IN_PROGRESS"
    assert datetime.fromisoformat(held["hold"]["until"]) == NEXT_WEEK
    for operation, payload in (
        ("move_deal", {"stage": "proposal"}),
        ("win_deal", {}),
        ("register_shipment", {"number": "S-1", "shipped_on": TODAY, "complete": True}),
        ("hold_deal", {"reason": "once more"}),
    ):
        assert world.refused(operation, deal_id=deal["id"], **payload).code == "DEAL_ON_HOLD"
    assert world.do("change_deal", deal_id=deal["id"], title="Other")["hold"] == held["hold"]


def test_a_resumed_deal_goes_on_and_the_interval_is_kept(world: World) -> None:
    deal = world.open()
    world.do("hold_deal", deal_id=deal["id"], reason="holidays")
    assert [row.ended_at for row in intervals(world)] == [None]
    assert world.do("resume_deal", deal_id=deal["id"], expected_version=2)["hold"] is None
    (interval,) = intervals(world)
    history = world.history(deal["id"])
    assert [(t["kind"], t["reason"]) for t in history] == [("OPENED", None), ("HELD", "holidays"), ("RESUMED", None)]
    assert [interval.held_at, interval.ended_at] == [datetime.fromisoformat(t["occurred_at"]) for t in history[1:]]
    assert world.do("move_deal", deal_id=deal["id"], stage="proposal")["stage"] == "proposal"
    assert world.refused("resume_deal", deal_id=deal["id"]).code == "NOT_ON_HOLD"
    told = world.told("deal.held", "deal.resumed")
    assert [(event["type"], event["sequence"]) for event in told] == [("deal.held", 2), ("deal.resumed", 3)]
    assert "holidays" not in str(told)


def test_a_deal_on_hold_can_be_lost_and_is_not_on_hold_when_it_is_reopened(world: World) -> None:
    deal = world.open()
    world.do("hold_deal", deal_id=deal["id"], reason="later", until=NEXT_WEEK)
    assert world.do("lose_deal", deal_id=deal["id"], reason="timing")["hold"] is None
    assert intervals(world)[0].ended_at is not None
    assert world.do("reopen_deal", deal_id=deal["id"])["hold"] is None
    world.fire(NEXT_WEEK)
    assert world.told("deal.resumed") == []


def test_a_hold_ends_by_itself_at_its_moment(world: World) -> None:
    deal = world.open()
    world.do("hold_deal", deal_id=deal["id"], reason="later", until=NEXT_WEEK)
    world.fire(NEXT_WEEK - timedelta(seconds=1))
    assert world.deal(deal["id"])["hold"] is not None
    world.fire(NEXT_WEEK + timedelta(hours=3))  # nobody was there at the moment itself
    assert world.deal(deal["id"])["hold"] is None
    assert intervals(world)[0].ended_at == NEXT_WEEK
    assert world.changes(deal["id"])["nodes"][0]["by"] == "system"


def test_a_hold_without_end_waits_for_someone(world: World) -> None:
    deal = world.open()
    world.do("hold_deal", deal_id=deal["id"], reason="later")
    world.fire(NEXT_WEEK)
    assert world.deal(deal["id"])["hold"] is not None


@pytest.mark.parametrize("way_out", [("void_deal", "unvoid_deal"), ("merge_deals", "unmerge_deal")])
def test_a_hold_that_ran_out_while_the_deal_counted_nowhere_ends_when_it_counts_again(
    world: World, way_out: tuple[str, str]
) -> None:
    deal, survivor = world.open(), world.open()
    world.do("hold_deal", deal_id=deal["id"], reason="later", until=NEXT_WEEK)
    away, back = way_out
    merging = {"survivor_id": survivor["id"], "duplicate_ids": [deal["id"]]}
    world.do(away, **(merging if away == "merge_deals" else {"deal_id": deal["id"], "reason": "a mistake"}))
    world.fire(NEXT_WEEK)
    assert world.do(back, deal_id=deal["id"])["hold"] is not None
    world.fire(NEXT_WEEK)
    assert world.deal(deal["id"])["hold"] is None


@pytest.mark.parametrize(
    ("payload", "code", "field"),
    [
        ({"reason": "late", "until": NOW - timedelta(days=1)}, "HOLD_UNTIL_PAST", "until"),
        ({"reason": " "}, "REQUIRED", "reason"),
        ({"reason": "x" * 900_000}, "TOO_LONG", "reason"),
        ({"reason": "a\0b"}, "INVALID", "reason"),
        ({"reason": "late", "expected_version": 7}, "CONFLICT", "expectedVersion"),
    ],
)
def test_bad_input_holds_nothing(world: World, payload: dict[str, Any], code: str, field: str) -> None:
    problem = world.refused("hold_deal", deal_id=world.open()["id"], **payload)
    assert (problem.code, problem.field) == (code, (field,))


def test_closed_deals_do_not_wait_and_those_of_others_are_not_there(world: World) -> None:
    ann, bob = new_id(MANAGER), new_id(MANAGER)
    deal = world.open(manager_id=ann)
    assert world.refused("hold_deal", manager_actor(bob), deal_id=deal["id"], reason="later").code == "NOT_FOUND"
    world.do("win_deal", deal_id=deal["id"])
    assert world.refused("hold_deal", deal_id=deal["id"], reason="later").code == "DEAL_CLOSED"


def test_lists_tell_deals_on_hold_apart(world: World) -> None:
    waiting, other = world.open(), world.open()
    world.do("hold_deal", deal_id=waiting["id"], reason="later")
    for on_hold, deal in ((True, waiting), (False, other)):
        (found,) = world.ask("list_deals", filter={"on_hold": on_hold})["nodes"]
        assert found["id"] == deal["id"]
