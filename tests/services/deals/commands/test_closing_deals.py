"""Winning, losing and reopening deals; shipments."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from chassis.ids import new_id
from tests.services.deals.world import PARTNER, World

TODAY = datetime.now(UTC).date()


@pytest.mark.parametrize("process", ["manual_sale", "free_deal"])
def test_winning_by_command(world: World, process: str) -> None:
    deal = world.open(process, amount={"amount": "12.50", "currency": "USD"}, products=["GTX"])
    won = world.do("win_deal", deal_id=deal["id"], expected_version=1)
    assert (won["outcome"], won["version"]) == ("WON", 2)
    assert won["closed_at"] is not None
    (event,) = world.told("deal.won")
    assert event["amount"] == {"amount": "12.50", "currency": "USD", "base": "12.50"}
    assert event["products"] == ["GTX"]
    assert world.refused("win_deal", deal_id=deal["id"]).code == "DEAL_CLOSED"


@pytest.mark.parametrize("stage", ["first_contact", "proposal", "fulfilment"])
def test_a_controlled_deal_is_won_by_shipment_only(world: World, stage: str) -> None:
    deal = world.open_at(stage)
    assert world.refused("win_deal", deal_id=deal["id"]).code == "SHIPMENT_REQUIRED"


def test_goods_of_a_controlled_deal_leave_at_fulfilment(world: World) -> None:
    deal = world.open_at("preparation")
    shipment = {"deal_id": deal["id"], "number": "S-1", "shipped_on": TODAY, "complete": True}
    assert world.refused("register_shipment", **shipment).code == "NOT_AT_FULFILMENT"


def test_a_partial_shipment_wins_nothing_a_complete_one_does(world: World) -> None:
    deal = world.open_at("fulfilment")
    ship = {"deal_id": deal["id"], "shipped_on": TODAY}
    partial = world.do("register_shipment", **ship, number="S-1", complete=False)
    assert partial["deal"]["outcome"] == "IN_PROGRESS"
    assert world.refused("win_deal", deal_id=deal["id"]).code == "SHIPMENT_REQUIRED"

    complete = world.do("register_shipment", **ship, number="S-2", complete=True)
    assert (complete["deal"]["outcome"], complete["shipment"]["number"]) == ("WON", "S-2")
    told = world.told("shipment.registered", "deal.won")
    assert [event["type"] for event in told] == ["shipment.registered", "shipment.registered", "deal.won"]
    assert [event["sequence"] for event in told] == [8, 9, 10] == [8, 9, complete["deal"]["version"]]
    assert told[-1]["stage"] == "fulfilment"
    (documents,) = world.ask("documents_of_deals", deal_ids=[deal["id"]])["documents"]
    shipments = [(line["kind"], line["number"]) for line in documents if line["kind"] == "SHIPMENT"]
    assert shipments == [("SHIPMENT", "S-1"), ("SHIPMENT", "S-2")]


@pytest.mark.parametrize("process", ["manual_sale", "free_deal"])
def test_a_complete_shipment_wins_in_every_mode(world: World, process: str) -> None:
    deal = world.open(process)
    answer = world.do("register_shipment", deal_id=deal["id"], number="S-1", shipped_on=TODAY, complete=True)
    assert answer["deal"]["outcome"] == "WON"


def test_shipments_lie_neither_in_the_future_nor_before_the_last_fact(world: World) -> None:
    deal = world.open("manual_sale")
    ship = {"deal_id": deal["id"], "number": "S-1", "complete": False}
    future = world.refused("register_shipment", **ship, shipped_on=TODAY + timedelta(days=2))
    assert (future.code, future.field) == ("OCCURRED_IN_FUTURE", ("shippedOn",))
    before = world.refused("register_shipment", **ship, shipped_on=TODAY - timedelta(days=2))
    assert before.code == "OCCURRED_BEFORE_LAST_FACT"


def test_losing_takes_a_reason_of_the_list(world: World) -> None:
    deal, competitor = world.open("typical_sale"), new_id(PARTNER)
    problem = world.refused("lose_deal", deal_id=deal["id"], reason="bad mood")
    assert (problem.code, problem.details) == (
        "UNKNOWN_REASON", ("price", "competitor", "timing", "no_need", "no_answer", "unknown"),
    )  # fmt: skip
    lost = world.do("lose_deal", deal_id=deal["id"], reason="competitor", competitor_id=competitor)
    assert (lost["outcome"], lost["loss_reason"], lost["competitor_id"]) == ("LOST", "competitor", str(competitor))
    (event,) = world.told("deal.lost")
    assert (event["stage"], event["stage_rank"], event["reason"]) == ("first_contact", 1, "competitor")


def test_a_reopened_deal_is_in_progress_again_and_history_shows_it(world: World) -> None:
    deal = world.open("manual_sale")
    assert world.refused("reopen_deal", deal_id=deal["id"]).code == "NOT_CLOSED"
    world.do("lose_deal", deal_id=deal["id"], reason="price")
    reopened = world.do("reopen_deal", deal_id=deal["id"], reason="they called again")
    assert [reopened[name] for name in ("outcome", "closed_at", "loss_reason")] == ["IN_PROGRESS", None, None]
    assert [t["kind"] for t in world.history(deal["id"])] == ["OPENED", "LOST", "REOPENED"]
    (event,) = world.told("deal.reopened")
    assert (event["previous_outcome"], event["stage"]) == ("LOST", "first_contact")
    assert "they called again" not in str(world.told())


def test_a_controlled_deal_that_was_shipped_and_reopened_can_be_won(world: World) -> None:
    deal = world.open_at("fulfilment")
    world.do("register_shipment", deal_id=deal["id"], number="S-1", shipped_on=TODAY, complete=True)
    world.do("reopen_deal", deal_id=deal["id"])
    assert world.do("win_deal", deal_id=deal["id"])["outcome"] == "WON"
