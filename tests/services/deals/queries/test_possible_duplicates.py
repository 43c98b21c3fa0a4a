"""Deals that may have been registered twice."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import hypothesis.strategies as st
from hypothesis import given, settings

from chassis.ids import new_id
from services.deals.domain.amount import Amount
from services.deals.domain.likeness import likeness
from tests.services.deals.world import MANAGER, PARTNER, World, manager_actor


def usd(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "USD"}


def like(world: World, deal: Any, *actor: Any) -> list[tuple[str, list[str]]]:
    (found,) = world.ask("possible_duplicates_of_deals", *actor, deal_ids=[deal["id"]])["duplicates"]
    return [(one["deal"]["title"], one["reasons"]) for one in found]


def test_the_likeliest_come_first_and_say_why(world: World) -> None:
    acme = new_id(PARTNER)
    deal = world.open(partner_id=acme, title="Steel screws M8", amount=usd("100.00"))
    for title, amount in (
        ("Screws M8, steel", "100.00"), ("Steel screws M8 for Bern", "95.00"), ("Paint", "100.00"),
        ("Office chairs", "7.00"),
    ):  # fmt: skip
        world.open(partner_id=acme, title=title, amount=usd(amount))
    world.open(partner_id=new_id(PARTNER), title="Steel screws M8", amount=usd("100.00"))
    assert like(world, deal) == [
        ("Screws M8, steel", ["SIMILAR_TITLE", "SAME_AMOUNT"]),
        ("Steel screws M8 for Bern", ["SIMILAR_TITLE", "SIMILAR_AMOUNT"]),
    ]


def test_only_deals_in_progress_that_count_and_are_within_reach_are_compared(world: World) -> None:
    acme, ann = new_id(PARTNER), new_id(MANAGER)
    mine, same = (world.open(partner_id=acme, title="Screws", manager_id=ann) for _ in range(2))
    hidden, voided, closed, merged = (
        world.open(partner_id=acme, title="Screws", manager_id=new_id(MANAGER)) for _ in range(4)
    )
    world.do("void_deal", deal_id=voided["id"], reason="a mistake")
    world.do("win_deal", deal_id=closed["id"])
    world.do("merge_deals", survivor_id=hidden["id"], duplicate_ids=[merged["id"]])
    assert len(like(world, mine)) == 2
    assert len(like(world, mine, manager_actor(ann))) == 1
    assert like(world, hidden, manager_actor(ann)) == []
    assert same["title"] == "Screws"


def test_a_deal_without_a_partner_is_like_none(world: World) -> None:
    deal, _ = world.open(title="Screws"), world.open(title="Screws")
    assert like(world, deal) == []


AMOUNTS = st.none() | st.integers(0, 10**9).map(lambda minor: Amount.of(Decimal(minor) / 100, "USD", "USD"))


@settings(max_examples=60, deadline=None)
@given(one=st.text(min_size=1, max_size=30), other=st.text(max_size=30), amount=AMOUNTS, another=AMOUNTS)
def test_likeness_is_mutual_and_complete_for_the_same(
    one: str, other: str, amount: Amount | None, another: Amount | None
) -> None:
    there, back = likeness(one, amount, other, another), likeness(other, another, one, amount)
    assert there == back
    assert 0 <= there.score <= 1
    assert likeness("Screws M8", amount, "Screws M8", amount).score == 1
