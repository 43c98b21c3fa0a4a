"""Shipments: the goods have left; the one that completes what was ordered is the successful end of a deal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Shipment:
    """A shipment within a deal; `sequence` is the deal's version after it."""

    id: UUID
    deal_id: UUID
    sequence: int
    number: str
    shipped_on: date
    complete: bool
    occurred_at: datetime
