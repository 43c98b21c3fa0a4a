"""Random payments, reversals, shipments, returns and changes: what holds in a ledger after any of them."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import hypothesis.strategies as st
from hypothesis import given, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from chassis.ids import new_id
from chassis.money import Money
from services.deals.domain.customer_order import CustomerOrder, WantedLine
from services.deals.domain.ledger import Ledger
from services.deals.domain.lines import Line
from services.deals.domain.obligation import Obligation, ObligationKind, ObligationStatus
from services.deals.domain.payment import Payment
from services.deals.domain.payment_schedule import AT_SHIPMENT, Basis, Instalment, owed_by_order, owed_by_shipments

DEAL = new_id(0x202)
NOW = datetime(2026, 3, 1, tzinfo=UTC)
TODAY = NOW.date()
SCHEDULES = (
    AT_SHIPMENT,
    (Instalment(percent=Decimal(100), offset_days=10, basis=Basis.ORDER),),
    (
        Instalment(percent=Decimal("33.3333"), offset_days=0, basis=Basis.ORDER),
        Instalment(percent=Decimal("33.3333"), offset_days=0, basis=Basis.SHIPMENT),
        Instalment(percent=Decimal("33.3334"), offset_days=30, basis=Basis.SHIPMENT),
    ),
)


def wanted(quantity: str, price: str, promised_on: date | None = None) -> WantedLine:
    line = Line.of(
        product="pump", quantity=Decimal(quantity), price=Decimal(price), currency="USD", tax_percent=Decimal("7.7")
    )
    return WantedLine(line=line, promised_on=promised_on)


class LedgerLife(RuleBasedStateMachine):
    """One order, and all that may happen to what is owed for it."""

    @initialize(schedule=st.sampled_from(SCHEDULES))
    def begin(self, schedule: tuple[Instalment, ...]) -> None:
        self.ledger = Ledger(deal_id=DEAL)
        lines = [wanted("3", "33.33", TODAY + timedelta(days=5)), wanted("7.5", "0.99"), wanted("1", "0")]
        self.order = CustomerOrder.draft(deal_id=DEAL, number="1", ordered_on=TODAY, lines=lines)
        self.order.confirm(schedule, at=None, now=NOW, after=NOW)
        self.ledger.follow_order(self.order, TODAY)
        self.shipped: list[tuple[UUID, int, Decimal]] = []

    @rule(minor=st.integers(1, 15_000), of_order=st.booleans(), ago=st.integers(0, 5))
    def pay(self, minor: int, of_order: bool, ago: int) -> None:
        money = Money(minor=minor, currency="USD")
        order_id = self.order.id if of_order else None
        day = TODAY - timedelta(days=ago)
        self.ledger.receive(Payment.receive(deal_id=DEAL, order_id=order_id, number="p", money=money, paid_on=day))

    @precondition(lambda self: any(not one.reversed_on for one in self.ledger.payments))
    @rule(data=st.data())
    def reverse(self, data: st.DataObject) -> None:
        standing = [one for one in self.ledger.payments if not one.reversed_on]
        self.ledger.reverse(data.draw(st.sampled_from(standing)), TODAY)

    @rule(line=st.integers(0, 2), share=st.sampled_from(["0.1", "0.5", "1"]))
    def ship(self, line: int, share: str) -> None:
        one = self.order.lines[line]
        quantity = round(one.left * Decimal(share), 6)
        if quantity > 0:
            goods = self.order.ship(one.number, quantity)
            shipment = new_id(0x204)
            self.ledger.follow_goods(self.order, shipment, TODAY)
            self.shipped.append((shipment, one.number, goods.quantity))

    @precondition(lambda self: self.shipped)
    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        shipment, number, quantity = self.shipped.pop(data.draw(st.integers(0, len(self.shipped) - 1)))
        self.order.take_back(number, quantity)
        self.ledger.follow_goods(self.order, shipment, TODAY)

    @rule(quantity=st.integers(8, 12), later=st.integers(0, 3))
    def change(self, quantity: int, later: int) -> None:
        before = replace(self.order)
        lines = [
            WantedLine(
                line=replace(one.line, quantity=max(one.shipped, Decimal(quantity))) if one.number == 2 else one.line,
                number=one.number,
                promised_on=TODAY + timedelta(days=5 + later) if one.number == 1 else one.promised_on,
            )
            for one in self.order.lines
        ]
        self.order.change(lines=lines, promised_on=None, payment_due_on=None)
        self.ledger.follow_order(self.order, TODAY, before)

    @rule(data=st.data(), days=st.integers(1, 9))
    def reschedule(self, data: st.DataObject, days: int) -> None:
        standing = [one for one in self.ledger.obligations if one.status is ObligationStatus.OPEN]
        if standing:
            one = data.draw(st.sampled_from(standing))
            original = one.original_due_on
            one.reschedule(one.due_on + timedelta(days=days))
            assert one.original_due_on == original

    @invariant()
    def nothing_is_fulfilled_beyond_what_is_owed_or_was_paid(self) -> None:
        for owed in self.ledger.obligations:
            assert 0 <= owed.fulfilled <= owed.size
            assert owed.fulfilled == sum(one.size for one in owed.fulfilments)
            assert not owed.cancelled or owed.fulfilled == 0
        for payment in self.ledger.payments:
            assert 0 <= self.ledger.allocated(payment) <= (0 if payment.reversed_on else payment.money.minor)

    @invariant()
    def no_money_waits_while_something_is_due(self) -> None:
        waiting = sum(self.ledger.unallocated(payment) for payment in self.ledger.payments)
        left = sum(one.left for one in self.payments_owed())
        assert not (waiting and left)

    @invariant()
    def the_client_owes_what_the_schedule_says_to_the_last_unit(self) -> None:
        order = self.order
        expected = sum(owed_by_order(order.totals.gross, order.schedule))
        expected += sum(owed_by_shipments(order.shipped_worth, order.schedule))
        assert sum(one.size for one in self.payments_owed()) == expected
        if order.is_shipped:
            assert expected == order.totals.gross

    @invariant()
    def what_we_promised_is_fulfilled_as_far_as_it_has_left(self) -> None:
        promised = [one for one in self.ledger.obligations if one.kind is ObligationKind.SHIPMENT]
        (line,) = (one for one in self.order.lines if one.number == 1)
        (owed,) = promised
        assert (owed.size, owed.fulfilled) == (line.line.gross, line.worth(line.shipped))

    @invariant()
    def facts_tell_the_same_as_the_state(self) -> None:
        for owed in self.ledger.obligations:
            assert [fact.sequence for fact in owed.fresh] == list(range(1, owed.version + 1))
            last = owed.fresh[-1]
            assert (last.fulfilled, last.status, last.due_on) == (owed.fulfilled, owed.status, owed.due_on)

    def payments_owed(self) -> list[Obligation]:
        return [one for one in self.ledger.obligations if one.kind is ObligationKind.PAYMENT and not one.cancelled]

    def teardown(self) -> None:
        """Whatever happened: with all money and goods back, nothing is fulfilled."""
        for payment in self.ledger.payments:
            if not payment.reversed_on:
                self.ledger.reverse(payment, TODAY)
        for shipment, number, quantity in self.shipped:
            self.order.take_back(number, quantity)
            self.ledger.follow_goods(self.order, shipment, TODAY)
        assert [one.fulfilled for one in self.ledger.obligations] == [0] * len(self.ledger.obligations)
        standing = {(one.kind, one.size) for one in self.ledger.obligations if not one.cancelled}
        fresh = Ledger(deal_id=DEAL)
        fresh.follow_order(self.order, TODAY)
        assert standing == {(one.kind, one.size) for one in fresh.obligations}


TestLedgerLife = LedgerLife.TestCase
TestLedgerLife.settings = settings(max_examples=40, stateful_step_count=15, deadline=None)


@given(minor=st.integers(0, 10**12), cuts=st.lists(st.integers(0, 1_000_000), max_size=5))
def test_instalments_add_up_to_the_last_unit(minor: int, cuts: list[int]) -> None:
    bounds = [0, *sorted(cuts), 1_000_000]
    schedule = [
        Instalment(percent=Decimal(upper - lower).scaleb(-4), offset_days=0, basis=Basis.ORDER)
        for lower, upper in itertools.pairwise(bounds)
    ]
    parts = owed_by_order(minor, schedule)
    assert sum(parts) == minor
    assert all(part >= 0 for part in parts)
