"""The ledger of a deal: all that is owed within it, and the payments and shipments that fulfil it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from chassis.errors import refuse
from services.deals.domain.customer_order import CustomerOrder
from services.deals.domain.lines import QUANTITY_DIGITS
from services.deals.domain.obligation import Debtor, Obligation, ObligationKind, Origin
from services.deals.domain.payment import Payment
from services.deals.domain.payment_schedule import Instalment, owed_by_order, owed_by_shipments


@dataclass(kw_only=True)
class Ledger:
    """What is owed in a deal; a payment goes to what is due first, and never further than it reaches."""

    deal_id: UUID
    obligations: list[Obligation] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)

    def allocated(self, payment: Payment) -> int:
        """Tell how much of a payment fulfils obligations."""
        return sum(one.from_source(payment.id) for one in self.obligations)

    def unallocated(self, payment: Payment) -> int:
        """Tell how much of a payment waits for something to be due; nothing of a reversed one."""
        return 0 if payment.reversed_on else payment.money.minor - self.allocated(payment)

    def obligation(self, obligation_id: UUID, expected_version: int | None = None) -> Obligation:
        """Find an obligation; raise Refused with CONFLICT if it has changed since somebody read it."""
        found = next(one for one in self.obligations if one.id == obligation_id)
        if expected_version is not None and expected_version != found.version:
            message = f"the obligation has changed since: its version is {found.version}, not {expected_version}"
            raise refuse("CONFLICT", f"{message}; read it again", "expectedVersion")
        return found

    def is_paid(self, order_id: UUID) -> bool:
        """Tell whether nothing is left to pay of what an order has made due."""
        return not any(one.left for one in self._of(ObligationKind.PAYMENT, order_id))

    def receive(self, payment: Payment) -> None:
        """Take in a payment."""
        self.payments.append(payment)
        self.settle()

    def reverse(self, payment: Payment, on: date) -> None:
        """Take a payment back: what it fulfilled is open again, for other money that waits."""
        payment.reverse(on)
        for obligation in self.obligations:
            obligation.take_back(payment.money.minor, payment.id)
        self.settle()

    def follow_order(self, order: CustomerOrder, agreed_on: date, before: CustomerOrder | None = None) -> None:
        """Owe what an order, as it is now, asks of both sides: instalments of the client, promised goods of us.

        What is due moves only where the order itself says another day than `before`.
        """
        self._follow_promises(order, before)
        self._follow_schedule(order, agreed_on, None)
        if before is not None and order.payment_due_on not in (None, before.payment_due_on):
            for owed in self._of(ObligationKind.PAYMENT, order.id):
                if owed.left and owed.due_on != order.payment_due_on:
                    owed.reschedule(order.payment_due_on)
        self.settle()

    def drop_order(self, order_id: UUID) -> None:
        """Owe nothing more of what an order asked for; money that came for it waits for something else."""
        for obligation in self.obligations:
            if obligation.origin.order_id == order_id:
                obligation.cancel()
        self.settle()

    def follow_goods(self, order: CustomerOrder, shipment_id: UUID, on: date) -> None:
        """Count goods of a shipment that have left, or come back, as our part, and let the client owe accordingly."""
        for one in order.lines:
            worth = one.worth(one.shipped)
            for owed in self._promised(order.id, one.number):
                owed.release_to(worth, first=shipment_id)
                more = min(worth - owed.fulfilled, owed.left)
                if more > 0:
                    owed.fulfil(more, on=on, source_id=shipment_id)
        self._follow_schedule(order, on, shipment_id)
        self.settle()

    def await_documents(self, shipment_id: UUID, due_on: date) -> None:
        """Let the client owe the signed papers of a shipment."""
        self.obligations.append(
            Obligation.register(
                deal_id=self.deal_id,
                debtor=Debtor.CLIENT,
                kind=ObligationKind.DOCUMENTS,
                size=10**QUANTITY_DIGITS,
                currency=None,
                due_on=due_on,
                origin=Origin(shipment_id=shipment_id),
            )
        )

    def await_no_documents(self, shipment_id: UUID) -> None:
        """Ask for no papers of a shipment that came back whole, if they have not come."""
        for owed in self.obligations:
            if owed.kind is ObligationKind.DOCUMENTS and owed.origin.shipment_id == shipment_id and not owed.fulfilled:
                owed.cancel()

    def settle(self) -> None:
        """Let money that waits fulfil what is due first: its order's where it names one, else anything's."""
        for payment in sorted(self.payments, key=lambda one: (one.order_id is None, one.paid_on, one.id)):
            waiting = self.unallocated(payment)
            for owed in sorted(self._payable_by(payment), key=lambda one: (one.due_on, one.id)):
                part = min(waiting, owed.left)
                if part > 0:
                    owed.fulfil(part, on=payment.paid_on, source_id=payment.id)
                    waiting -= part

    def _payable_by(self, payment: Payment) -> list[Obligation]:
        return [
            one
            for one in self.obligations
            if one.kind is ObligationKind.PAYMENT
            and one.debtor is Debtor.CLIENT
            and one.currency == payment.money.currency
            and payment.order_id in (None, one.origin.order_id)
        ]

    def _follow_promises(self, order: CustomerOrder, before: CustomerOrder | None) -> None:
        promised = {one.number: (one, day) for one in order.lines if (day := order.promised(one)) is not None}
        earlier = {one.number: before.promised(one) for one in before.lines} if before else {}
        for owed in self._of(ObligationKind.SHIPMENT, order.id):
            if owed.origin.line not in promised:
                owed.cancel()
        for number, (one, day) in promised.items():
            standing = self._promised(order.id, number)
            for owed in standing:
                owed.resize(one.line.gross)
                if owed.left and day != owed.due_on and day != earlier.get(number):
                    owed.reschedule(day)
            if not standing:
                origin = Origin(order_id=order.id, line=number)
                self._register(origin, Debtor.US, ObligationKind.SHIPMENT, one.line.gross, order, day)

    def _follow_schedule(self, order: CustomerOrder, day: date, shipment_id: UUID | None) -> None:
        """Let the client owe what the schedule asks for the order and for all that has left of it, to the last unit."""
        schedule = order.schedule
        by_order = owed_by_order(order.totals.gross, schedule)
        by_shipments = owed_by_shipments(order.shipped_worth, schedule)
        standing = self._of(ObligationKind.PAYMENT, order.id)
        for place in {one.origin.instalment for one in standing} - set(range(len(schedule))):
            self._fit([one for one in standing if one.origin.instalment == place], 0)
        for place, instalment in enumerate(schedule):
            here = [one for one in standing if one.origin.instalment == place]
            ordered = [one for one in here if one.origin.shipment_id is None]
            self._let_owe(ordered, by_order[place], order, Origin(order_id=order.id, instalment=place), instalment, day)
            if shipment_id is not None:
                shipped = [one for one in here if one.origin.shipment_id is not None]
                shipped.sort(key=lambda one: (one.origin.shipment_id != shipment_id, -one.id.int))
                origin = Origin(order_id=order.id, instalment=place, shipment_id=shipment_id)
                self._let_owe(shipped, by_shipments[place], order, origin, instalment, day)

    def _let_owe(
        self,
        standing: list[Obligation],
        size: int,
        order: CustomerOrder,
        origin: Origin,
        instalment: Instalment,
        day: date,
    ) -> None:
        more = size - sum(one.size for one in standing)
        if more <= 0 or any(one.origin == origin for one in standing):
            self._fit(standing, size)
            return
        due_on = instalment.due_on(day)
        if origin.shipment_id is None and order.payment_due_on is not None:
            due_on = order.payment_due_on
        self._register(origin, Debtor.CLIENT, ObligationKind.PAYMENT, more, order, due_on)

    def _fit(self, standing: list[Obligation], size: int) -> None:
        """Let obligations be so much together: the first of them takes what is more, and gives up what is less."""
        change = size - sum(one.size for one in standing)
        for one in standing:
            part = max(change, -one.size)
            one.resize(one.size + part)
            change -= part

    def _register(
        self, origin: Origin, debtor: Debtor, kind: ObligationKind, size: int, order: CustomerOrder, due_on: date
    ) -> None:
        if size == 0:
            return
        currency = order.totals.currency
        self.obligations.append(
            Obligation.register(
                deal_id=self.deal_id,
                debtor=debtor,
                kind=kind,
                size=size,
                currency=currency,
                due_on=due_on,
                origin=origin,
            )
        )

    def _promised(self, order_id: UUID, line: int) -> list[Obligation]:
        return [one for one in self._of(ObligationKind.SHIPMENT, order_id) if one.origin.line == line]

    def _of(self, kind: ObligationKind, order_id: UUID) -> list[Obligation]:
        return [
            one
            for one in self.obligations
            if one.kind is kind and one.origin.order_id == order_id and not one.cancelled
        ]
