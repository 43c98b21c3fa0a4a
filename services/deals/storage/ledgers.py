"""Ledgers in the database: read whole for a deal that is held, written with what is new in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.errors import refuse
from chassis.money import Money
from chassis.store.database import Transaction
from services.deals.domain.deal import Deal
from services.deals.domain.external_ref import ExternalRef
from services.deals.domain.ledger import Ledger
from services.deals.domain.obligation import Debtor, Fulfilment, Obligation, ObligationKind, ObligationStatus, Origin
from services.deals.domain.payment import Payment
from services.deals.events import obligation_told
from services.deals.storage.amounts import in_base
from services.deals.storage.audit import audited
from services.deals.storage.audited import OBLIGATION, PAYMENT
from services.deals.storage.tables import fulfilments, obligations, payments


class Ledgers:
    """The ledgers of deals that a transaction holds."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def of(self, deal: Deal) -> Ledger:
        """Read all that is owed and was paid in a deal."""
        connection = self._tx.connection
        return Ledger(
            deal_id=deal.id,
            obligations=read_obligations(connection, obligations.c.deal_id == deal.id),
            payments=read_payments(connection, payments.c.deal_id == deal.id),
        )

    def save(self, ledger: Ledger, deal: Deal, occurred_at: datetime) -> None:
        """Write the obligations that have fresh facts, and tell of these."""
        changed = [one for one in ledger.obligations if one.fresh]
        with audited(self._tx, OBLIGATION, *(obligation.id for obligation in changed)):
            self._write(changed)
        self._tell(ledger, deal, occurred_at)

    def _write(self, changed: Sequence[Obligation]) -> None:
        new_fulfilments: list[dict[str, Any]] = []
        for obligation in changed:
            row = _obligation_row(obligation)
            if obligation.fresh[0].sequence == 1:
                self._tx.connection.execute(obligations.insert(), {**row, "recorded_at": self._tx.now})
            else:
                self._tx.connection.execute(obligations.update().where(obligations.c.id == obligation.id), row)
            new_fulfilments += [
                {**_fulfilment_row(fact.fulfilment), "recorded_at": self._tx.now}
                for fact in obligation.fresh
                if fact.fulfilment is not None
            ]
        if new_fulfilments:
            self._tx.connection.execute(fulfilments.insert(), new_fulfilments)

    def add_payment(self, payment: Payment) -> None:
        """Store a new payment; raise Refused if its external reference is another one's."""
        try:
            with self._tx.attempt(), audited(self._tx, PAYMENT, payment.id):
                self._tx.connection.execute(payments.insert(), {**_payment_row(payment), "recorded_at": self._tx.now})
        except sa.exc.IntegrityError as error:
            if payment.external_ref is None or "external" not in str(error.orig):
                raise
            ref = payment.external_ref
            message = f"another payment is {ref.id!r} of {ref.system!r}"
            raise refuse("EXTERNAL_REF_TAKEN", message, "externalRef") from None

    def save_payment(self, payment: Payment) -> None:
        """Write a payment that was read."""
        with audited(self._tx, PAYMENT, payment.id):
            self._tx.connection.execute(payments.update().where(payments.c.id == payment.id), _payment_row(payment))

    def _tell(self, ledger: Ledger, deal: Deal, occurred_at: datetime) -> None:
        for obligation in ledger.obligations:
            for fact in obligation.fresh:
                currency = obligation.currency
                amount = in_base(self._tx, Money(minor=fact.size, currency=currency), occurred_at) if currency else None
                self._tx.emit(obligation_told(deal, obligation, fact, amount, occurred_at))
            obligation.fresh.clear()


def read_obligations(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> list[Obligation]:
    """Read the obligations that fit, with what fulfils them, the oldest first."""
    rows = connection.execute(sa.select(obligations).where(*where).order_by(obligations.c.id)).all()
    return obligations_of(connection, rows)


def obligations_of(connection: sa.Connection, rows: Sequence[sa.Row[Any]]) -> list[Obligation]:
    """Make the obligations that rows stand for."""
    entries: dict[UUID, list[Fulfilment]] = defaultdict(list)
    if rows:
        f = fulfilments.c
        mine = sa.select(fulfilments).where(f.obligation_id.in_([row.id for row in rows]))
        for row in connection.execute(mine.order_by(f.recorded_at, f.id)):
            entries[row.obligation_id].append(_fulfilment(row))
    return [_obligation(row, entries[row.id]) for row in rows]


def read_payments(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> list[Payment]:
    """Read the payments that fit, the oldest first."""
    rows = connection.execute(sa.select(payments).where(*where).order_by(payments.c.paid_on, payments.c.id))
    return [_payment(row) for row in rows]


def allocated_of(connection: sa.Connection, payment_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Tell, by payment, how many minor units of it fulfil obligations."""
    f = fulfilments.c
    select = sa.select(f.source_id, sa.func.sum(f.size)).where(f.source_id.in_(payment_ids)).group_by(f.source_id)
    return {row[0]: int(row[1]) for row in connection.execute(select)}


def _obligation(row: sa.Row[Any], entries: list[Fulfilment]) -> Obligation:
    return Obligation(
        id=row.id,
        deal_id=row.deal_id,
        debtor=Debtor(row.debtor),
        kind=ObligationKind(row.kind),
        size=row.size,
        currency=row.currency,
        due_on=row.due_on,
        original_due_on=row.original_due_on,
        origin=Origin(order_id=row.order_id, line=row.line, shipment_id=row.shipment_id, instalment=row.instalment),
        note=row.note,
        version=row.version,
        cancelled=row.status == ObligationStatus.CANCELLED,
        fulfilments=entries,
    )


def _obligation_row(obligation: Obligation) -> dict[str, Any]:
    origin = obligation.origin
    return {
        "id": obligation.id,
        "deal_id": obligation.deal_id,
        "version": obligation.version,
        "debtor": obligation.debtor.value,
        "kind": obligation.kind.value,
        "status": obligation.status.value,
        "currency": obligation.currency,
        "size": obligation.size,
        "fulfilled": obligation.fulfilled,
        "due_on": obligation.due_on,
        "original_due_on": obligation.original_due_on,
        "order_id": origin.order_id,
        "line": origin.line,
        "shipment_id": origin.shipment_id,
        "instalment": origin.instalment,
        "note": obligation.note,
    }


def _fulfilment(row: sa.Row[Any]) -> Fulfilment:
    return Fulfilment(
        id=row.id,
        obligation_id=row.obligation_id,
        size=row.size,
        fulfilled_on=row.fulfilled_on,
        source_id=row.source_id,
    )


def _fulfilment_row(entry: Fulfilment) -> dict[str, Any]:
    return {
        "id": entry.id,
        "obligation_id": entry.obligation_id,
        "size": entry.size,
        "fulfilled_on": entry.fulfilled_on,
        "source_id": entry.source_id,
    }


def _payment(row: sa.Row[Any]) -> Payment:
    return Payment(
        id=row.id,
        deal_id=row.deal_id,
        order_id=row.order_id,
        number=row.number,
        money=Money(minor=row.amount_minor, currency=row.currency),
        paid_on=row.paid_on,
        reversed_on=row.reversed_on,
        version=row.version,
        external_ref=ExternalRef(system=row.external_system, id=row.external_id) if row.external_system else None,
    )


def _payment_row(payment: Payment) -> dict[str, Any]:
    ref = payment.external_ref
    return {
        "id": payment.id,
        "deal_id": payment.deal_id,
        "order_id": payment.order_id,
        "number": payment.number,
        "version": payment.version,
        "amount_minor": payment.money.minor,
        "currency": payment.money.currency,
        "paid_on": payment.paid_on,
        "reversed_on": payment.reversed_on,
        "external_system": ref.system if ref else None,
        "external_id": ref.id if ref else None,
    }
