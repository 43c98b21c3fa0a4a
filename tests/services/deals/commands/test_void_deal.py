"""Deals that were registered by mistake."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.ids import new_id
from chassis.wire import Json
from tests.services.deals.world import MANAGER, PARTNER, World, manager_actor

TODAY = datetime.now(UTC).date()
COMMANDS: list[tuple[str, Json]] = [
    ("change_deal", {"title": "Other"}),
    ("move_deal", {"stage": "proposal"}),
    ("win_deal", {}),
    ("lose_deal", {"reason": "price"}),
    ("reopen_deal", {}),
    ("hold_deal", {"reason": "later"}),
    ("resume_deal", {}),
    ("void_deal", {"reason": "twice"}),
    ("register_shipment", {"number": "S-1", "shipped_on": TODAY, "complete": True}),
]


def listed(world: World, **filter: Any) -> list[str]:
    return [deal["id"] for deal in world.ask("list_deals", filter=filter, order="NUMBER")["nodes"]]


def test_a_voided_deal_is_in_no_list_but_where_asked_for_and_stays_readable(world: World) -> None:
    partner = new_id(PARTNER)
    mistake, deal = world.open(partner_id=partner), world.open(partner_id=partner)
    voided = world.do("void_deal", deal_id=mistake["id"], reason="the wrong client")
    assert voided["voided"] is True
    assert world.deal(mistake["id"])["voided"] is True
    assert listed(world) == [deal["id"]]
    assert listed(world, include_voided=True) == [mistake["id"], deal["id"]]
    (page,) = world.ask("deals_of_partners", partner_ids=[partner], page={"total": True})["pages"]
    assert (page["total"], page["nodes"][0]["id"]) == (1, deal["id"])
    assert world.history(mistake["id"])[-1]["reason"] == "the wrong client"
    (event,) = world.told("deal.voided")
    assert (event["deal_id"], event["sequence"]) == (mistake["id"], 2)
    assert "wrong" not in str(event)


@pytest.mark.parametrize(("operation", "payload"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_nothing_happens_to_a_voided_deal(world: World, operation: str, payload: Json) -> None:
    deal = world.open()
    world.do("void_deal", deal_id=deal["id"], reason="a mistake")
    assert world.refused(operation, deal_id=deal["id"], **payload).code == "DEAL_VOIDED"


@pytest.mark.parametrize("before", [[], [("win_deal", {})], [("lose_deal", {"reason": "price"})]])
def test_taking_it_back_gives_the_deal_as_it_was(world: World, before: list[tuple[str, Json]]) -> None:
    deal = world.open(amount={"amount": "5.00", "currency": "USD"})
    for operation, payload in before:
        deal = world.do(operation, deal_id=deal["id"], **payload)
    world.do("void_deal", deal_id=deal["id"], reason="a mistake")
    back = world.do("unvoid_deal", deal_id=deal["id"])
    assert back == {**deal, "version": deal["version"] + 2}
    assert listed(world) == [deal["id"]]
    assert [event["type"] for event in world.told("deal.voided", "deal.unvoided")] == ["deal.voided", "deal.unvoided"]
    assert world.refused("unvoid_deal", deal_id=deal["id"]).code == "NOT_VOIDED"


def test_importing_says_that_the_deal_is_voided(world: World) -> None:
    row = {
        "external_ref": {"system": "s", "id": "1"}, "process_key": "manual_sale", "title": "One",
        "created_at": "2017-01-01T00:00:00Z",
    }  # fmt: skip
    (first,) = world.do("import_deals", rows=[row])["results"]
    world.do("void_deal", deal_id=first["id"], reason="a mistake")
    assert world.do("import_deals", rows=[row])["results"][0]["status"] == "UNCHANGED"
    before = world.footprint()
    (again,) = world.do("import_deals", rows=[{**row, "title": "Two"}])["results"]
    assert (again["status"], again["problems"][0]["code"]) == ("REFUSED", "DEAL_VOIDED")
    assert world.footprint() == before
    world.do("unvoid_deal", deal_id=first["id"])
    moved = {**row, "transitions": [{"stage": "proposal", "at": "2017-02-01T00:00:00Z"}]}
    assert world.do("import_deals", rows=[moved])["results"][0]["status"] == "UPDATED"


def test_a_deal_of_another_manager_cannot_be_voided(world: World) -> None:
    deal = world.open(manager_id=new_id(MANAGER))
    stranger = manager_actor(new_id(MANAGER))
    assert world.refused("void_deal", stranger, deal_id=deal["id"], reason="mine").code == "NOT_FOUND"
    assert world.refused("void_deal", deal_id=deal["id"], reason="").code == "REQUIRED"


@pytest.mark.parametrize("away", ["void", "merge"])
def test_a_proposal_of_a_deal_that_counts_nowhere_expires_when_it_counts_again(world: World, away: str) -> None:
    partner = new_id(PARTNER)
    deal, other = world.open(partner_id=partner), world.open(partner_id=partner)
    pumps = {"product": "pump", "quantity": "1", "price": {"amount": "1", "currency": "USD"}}
    until = TODAY + timedelta(days=3)
    world.do("send_proposal", deal_id=deal["id"], lines=[pumps], valid_until=until)
    if away == "void":
        world.do("void_deal", deal_id=deal["id"], reason="a mistake")
    else:
        world.do("merge_deals", survivor_id=other["id"], duplicate_ids=[deal["id"]])
    over = datetime(until.year, until.month, until.day, tzinfo=UTC) + timedelta(days=2)
    world.fire(over)
    assert world.told("proposal.responded") == []
    world.do(f"un{away}_deal", deal_id=deal["id"])
    world.fire(over + timedelta(days=1))
    assert [event["response"] for event in world.told("proposal.responded")] == ["NO_ANSWER"]
