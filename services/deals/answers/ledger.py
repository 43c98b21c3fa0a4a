"""Payments and obligations, as they are answered."""

from __future__ import annotations

from datetime import date

from chassis.ids import kind_of
from chassis.wire import Json
from services.deals.answers.values import money_json, quantity_json, ref_json
from services.deals.domain.kinds import PAYMENT, SHIPMENT
from services.deals.domain.obligation import Fulfilment, Obligation
from services.deals.domain.payment import Payment
from services.deals.storage.quantities import quantity_of


def payment_json(payment: Payment, allocated: int) -> Json:
    """Give a payment, of which so many minor units fulfil obligations."""
    currency = payment.money.currency
    waiting = 0 if payment.reversed_on else payment.money.minor - allocated
    return {
        "id": payment.id,
        "deal_id": payment.deal_id,
        "order_id": payment.order_id,
        "version": payment.version,
        "number": payment.number,
        "amount": payment.money.to_json(),
        "allocated": money_json(allocated, currency),
        "unallocated": money_json(waiting, currency),
        "paid_on": payment.paid_on,
        "reversed_on": payment.reversed_on,
        "external_ref": ref_json(payment.external_ref),
    }


def obligation_json(obligation: Obligation, today: date) -> Json:
    """Give an obligation, as it stands on a business day."""
    origin, currency = obligation.origin, obligation.currency
    return {
        "id": obligation.id,
        "deal_id": obligation.deal_id,
        "order_id": origin.order_id,
        "shipment_id": origin.shipment_id,
        "line": origin.line,
        "version": obligation.version,
        "debtor": obligation.debtor,
        "kind": obligation.kind,
        "status": obligation.status,
        **_size("amount", "quantity", obligation.size, currency),
        **_size("fulfilled_amount", "fulfilled_quantity", obligation.fulfilled, currency),
        "due_on": obligation.due_on,
        "original_due_on": obligation.original_due_on,
        "overdue": obligation.left > 0 and obligation.due_on < today,
        "note": obligation.note,
        "fulfilments": [_fulfilment_json(one, currency) for one in obligation.fulfilments],
    }


def _fulfilment_json(one: Fulfilment, currency: str | None) -> Json:
    kind = kind_of(one.source_id) if one.source_id else None
    return {
        "id": one.id,
        **_size("amount", "quantity", one.size, currency),
        "fulfilled_on": one.fulfilled_on,
        "payment_id": one.source_id if kind == PAYMENT else None,
        "shipment_id": one.source_id if kind == SHIPMENT else None,
    }


def _size(amount: str, quantity: str, size: int, currency: str | None) -> Json:
    if currency is not None:
        return {amount: money_json(size, currency), quantity: None}
    return {amount: None, quantity: quantity_json(quantity_of(size))}
