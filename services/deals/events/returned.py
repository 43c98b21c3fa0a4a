"""What is told of goods that came back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from chassis.events import Published
from services.deals.domain.amount import Amount
from services.deals.domain.deal import Deal
from services.deals.domain.shipment import Return
from services.deals.events.deal import AmountTold, amount_told
from services.deals.events.document import OfDocument, of_document
from services.deals.events.goods import GoodsTold, goods_told


@dataclass(frozen=True, kw_only=True)
class ReturnRegistered(OfDocument, Published, type="return.registered", subject="return_id"):
    """Goods of a shipment came back, and count as not shipped any more."""

    return_id: UUID
    shipment_id: UUID
    returned_on: date
    amount: AmountTold | None
    lines: tuple[GoodsTold, ...]


def return_told(deal: Deal, returned: Return, amount: Amount, occurred_at: datetime) -> ReturnRegistered:
    """Make the event for a return."""
    return ReturnRegistered(
        **of_document(deal),
        sequence=1,
        occurred_at=occurred_at,
        return_id=returned.id,
        shipment_id=returned.shipment_id,
        returned_on=returned.returned_on,
        amount=amount_told(amount),
        lines=goods_told(returned.lines, returned.amount),
    )
