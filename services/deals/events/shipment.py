"""What is told of shipments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis.events import Published
from services.deals.domain.amount import Amount
from services.deals.domain.deal import Deal
from services.deals.domain.shipment import Shipment
from services.deals.events.deal import AmountTold, OfDeal, amount_told, of_deal
from services.deals.events.goods import GoodsTold, goods_told


@dataclass(frozen=True, kw_only=True)
class ShipmentRegistered(OfDeal, Published, type="shipment.registered", subject="deal_id"):
    """Goods of a deal have left; where shipments win, `deal.won` follows the one that completes what was ordered.

    `amount` is the deal's, as everywhere; what the goods are worth is `shipped_amount`, null where nobody said what they are.
    """

    shipment_id: UUID
    order_id: UUID | None
    shipped_on: date
    complete: bool
    shipped_amount: AmountTold | None
    lines: tuple[GoodsTold, ...]


def shipment_told(deal: Deal, shipment: Shipment, amount: Amount | None) -> ShipmentRegistered:
    """Make the event for a shipment of a deal, of goods that are worth `amount`."""
    return ShipmentRegistered(
        **of_deal(deal),
        sequence=shipment.sequence,
        occurred_at=shipment.occurred_at,
        shipment_id=shipment.id,
        order_id=shipment.order_id,
        shipped_on=shipment.shipped_on,
        complete=shipment.complete,
        shipped_amount=amount_told(amount),
        lines=goods_told(shipment.lines, shipment.amount),
    )
