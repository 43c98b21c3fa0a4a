"""What is told of shipments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis.events import Published
from services.deals.domain.deal import Deal
from services.deals.domain.shipment import Shipment
from services.deals.events.deal import OfDeal, of_deal


@dataclass(frozen=True, kw_only=True)
class ShipmentRegistered(OfDeal, Published, type="shipment.registered", subject="deal_id"):
    """Goods of a deal have left; a complete shipment is followed by `deal.won`."""

    shipment_id: UUID
    shipped_on: date
    complete: bool


def shipment_told(deal: Deal, shipment: Shipment) -> ShipmentRegistered:
    """Make the event for a shipment of a deal."""
    return ShipmentRegistered(
        **of_deal(deal),
        sequence=shipment.sequence,
        occurred_at=shipment.occurred_at,
        shipment_id=shipment.id,
        shipped_on=shipment.shipped_on,
        complete=shipment.complete,
    )
