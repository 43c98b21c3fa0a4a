"""Documents of deals, as they are answered."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from chassis.wire import Json
from services.deals.answers.goods import goods_json
from services.deals.domain.percent import PERCENT_DIGITS
from services.deals.domain.shipment import Shipment


def percent(value: Decimal) -> str:
    """Write a percentage without trailing zeros, exactly."""
    return format(round(value, PERCENT_DIGITS).normalize() + 0, "f")


def shipment_json(shipment: Shipment) -> Json:
    """Give a shipment."""
    return {
        "order_id": shipment.order_id,
        "amount": shipment.amount.to_json() if shipment.amount else None,
        "lines": [goods_json(one, shipment.amount) for one in shipment.lines],
        "id": shipment.id,
        "deal_id": shipment.deal_id,
        "number": shipment.number,
        "shipped_on": shipment.shipped_on,
        "complete": shipment.complete,
    }


def document_json(
    kind: str, document_id: UUID, number: str | None, day: date, amount: Json | None, status: str | None
) -> Json:
    """Give a line of a deal's list of documents; what has no amount or no status has none."""
    return {"kind": kind, "id": document_id, "number": number, "date": day, "amount": amount, "status": status}
