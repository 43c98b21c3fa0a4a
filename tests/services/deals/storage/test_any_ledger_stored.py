"""Random payments, reversals, shipments and returns through the database: the rows say what the events add up to."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import hypothesis.strategies as st
from hypothesis import HealthCheck, given, settings

from chassis.errors import Refused
from chassis.ids import new_id
from tests.services.deals.world import PARTNER, World

TODAY = datetime.now(UTC).date()
STEPS = st.one_of(
    st.tuples(st.just("pay"), st.sampled_from(["0.01", "7.77", "20", "33.30"])),
    st.tuples(st.just("reverse"), st.integers(0, 3)),
    st.tuples(st.just("ship"), st.sampled_from(["0.3", "1", "2.7"])),
    st.tuples(st.just("return"), st.integers(0, 3)),
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=3, max_size=10))
def test_what_is_stored_is_what_was_told(world: World, steps: list[tuple[str, Any]]) -> None:
    deal = world.open(partner_id=new_id(PARTNER))
    line = {"product": "pump", "quantity": "3", "price": {"amount": "11.10", "currency": "USD"}, "promised_on": TODAY}
    order = world.do("register_customer_order", deal_id=deal["id"], lines=[line])
    world.do("confirm_customer_order", order_id=order["id"])
    made: dict[str, list[str]] = defaultdict(list)
    refusals = set[str]()
    for step, value in steps:
        try:
            _take(world, deal["id"], step, value, made)
        except Refused as refusal:
            refusals.add(refusal.problems[0].code)
    assert refusals <= {"OVER_SHIPMENT", "ALREADY_REVERSED", "NOTHING_TO_RETURN"}
    _compare(world, deal["id"])


def _take(world: World, deal_id: str, step: str, value: Any, made: dict[str, list[str]]) -> None:
    if step == "pay":
        money = {"amount": value, "currency": "USD"}
        made["pay"].append(world.do("register_payment", deal_id=deal_id, paid_on=TODAY, amount=money)["id"])
    elif step == "ship":
        goods: dict[str, Any] = {"shipped_on": TODAY, "lines": [{"line": 1, "quantity": value}]}
        made["ship"].append(world.do("register_shipment", deal_id=deal_id, number="S", **goods)["shipment"]["id"])
    elif step == "reverse" and made["pay"]:
        world.do("reverse_payment", payment_id=made["pay"][value % len(made["pay"])])
    elif step == "return" and made["ship"]:
        world.do("register_return", shipment_id=made["ship"][value % len(made["ship"])], returned_on=TODAY)


def _compare(world: World, deal_id: str) -> None:
    (stored,) = world.ask("obligations_of_deals", deal_ids=[deal_id])["obligations"]
    told: dict[str, Decimal] = defaultdict(Decimal)
    for event in world.told("obligation.fulfilled", "obligation.reopened"):
        told[event["obligation_id"]] += Decimal(event["size"]) * (1 if event["type"] == "obligation.fulfilled" else -1)
    for one in stored:
        if one["amount"] is None:
            continue
        fulfilled = Decimal(one["fulfilled_amount"]["amount"])
        assert fulfilled == sum(Decimal(part["amount"]["amount"]) for part in one["fulfilments"])
        assert fulfilled == told[one["id"]]
        assert 0 <= fulfilled <= Decimal(one["amount"]["amount"])
    (payments,) = world.ask("payments_of_deals", deal_ids=[deal_id])["payments"]
    for payment in payments:
        allocated = Decimal(payment["allocated"]["amount"])
        assert 0 <= allocated <= (0 if payment["reversed_on"] else Decimal(payment["amount"]["amount"]))
    versions = {one["id"]: one["version"] for one in stored}
    events = [event for event in world.told() if event.get("obligation_id") in versions]
    for one_id, version in versions.items():
        sequences = [event["sequence"] for event in events if event["obligation_id"] == one_id]
        assert sequences == list(range(1, version + 1))
