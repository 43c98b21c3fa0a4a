"""Hear of goods that left, and of goods that came back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from chassis.events import Heard
from chassis.money import Money
from chassis.store.database import Transaction
from services.reporting.domain.clients.sales import shared_out
from services.reporting.reactions.facts.documents import AmountHeard, GoodsHeard, micro, money_row, times
from services.reporting.storage.copies import keep
from services.reporting.storage.tables import goods_facts


@dataclass(frozen=True, kw_only=True)
class ShipmentHeard:
    """What reporting needs of a shipment: nothing of one that does not say what was in it."""

    shipment_id: UUID
    deal_id: UUID
    shipped_amount: AmountHeard | None = None
    lines: tuple[GoodsHeard, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReturnHeard:
    """What reporting needs of a return."""

    return_id: UUID
    deal_id: UUID
    amount: AmountHeard | None = None
    lines: tuple[GoodsHeard, ...] = ()


def record_shipment(event: Heard, tx: Transaction) -> None:
    """Keep the goods of a shipment."""
    heard = event.read(ShipmentHeard)
    _keep(event, tx, heard.shipment_id, heard.deal_id, heard.shipped_amount, heard.lines, returned=False)


def record_return(event: Heard, tx: Transaction) -> None:
    """Keep the goods of a return."""
    heard = event.read(ReturnHeard)
    _keep(event, tx, heard.return_id, heard.deal_id, heard.amount, heard.lines, returned=True)


def _keep(
    event: Heard,
    tx: Transaction,
    document_id: UUID,
    deal_id: UUID,
    whole: AmountHeard | None,
    lines: Sequence[GoodsHeard],
    *,
    returned: bool,
) -> None:
    if whole is None:
        return
    amounts = [Money.of(one.amount, whole.currency).minor for one in lines]
    bases = shared_out(money_row(whole, tx.enterprise.base_currency)["base_minor"], amounts)
    for place, one in enumerate(lines):
        row = {
            "deal_id": deal_id,
            "document_id": document_id,
            "sequence": event.sequence,
            "place": place,
            **times(event),
            "returned": returned,
            "order_id": one.order_id,
            "line": one.line,
            "product": one.product,
            "quantity": micro(one.quantity),
            "currency": whole.currency,
            "amount_minor": amounts[place],
            "base_minor": bases[place],
        }
        keep(tx.connection, goods_facts, row)
