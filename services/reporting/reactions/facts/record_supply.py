"""Hear of goods that are bought for a customer order, and of those that will not come."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from chassis.events import Heard
from chassis.money import Money
from chassis.store.database import Transaction
from services.reporting.domain.clients.sales import shared_out
from services.reporting.reactions.facts.documents import AmountHeard, micro, money_row, times
from services.reporting.storage.copies import keep
from services.reporting.storage.tables import supply_facts


@dataclass(frozen=True, kw_only=True)
class SupplyHeard:
    """So much for a line of a customer order, and what it costs in the currency of the whole, where that is known."""

    order_id: UUID
    order_line: int
    quantity: Decimal
    amount: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class SupplierOrderHeard:
    """What reporting needs of a supplier order's events; `amount` is that of the whole order."""

    supplier_order_id: UUID
    deal_id: UUID
    amount: AmountHeard | None = None
    lines: tuple[SupplyHeard, ...] = ()


def record_supply(event: Heard, tx: Transaction) -> None:
    """Keep what was ordered, or what of it was cancelled."""
    heard = event.read(SupplierOrderHeard)
    cancelled = event.type == "supplier_order.cancelled"
    whole = heard.amount
    costs: list[int | None] = [
        Money.of(one.amount, whole.currency).minor if whole is not None and one.amount is not None else None
        for one in heard.lines
    ]
    bases: list[int | None] = [None] * len(costs)
    known = [cost for cost in costs if cost is not None]
    if not cancelled and len(known) == len(costs):  # of a part that is cancelled the quantity is enough
        bases = shared_out(money_row(whole, tx.enterprise.base_currency)["base_minor"], known)
    for place, one in enumerate(heard.lines):
        row = {
            "supplier_order_id": heard.supplier_order_id,
            "sequence": event.sequence,
            "place": place,
            **times(event),
            "deal_id": heard.deal_id,
            "cancelled": cancelled,
            "order_id": one.order_id,
            "line": one.order_line,
            "quantity": micro(one.quantity),
            "currency": whole.currency if whole else None,
            "amount_minor": costs[place],
            "base_minor": bases[place],
        }
        keep(tx.connection, supply_facts, row)
