"""What a forecast adds up: deals in progress, and deals won."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCell:
    """Deals in progress that are alike; `probability` is their own, `base` the sum of their base amounts (minor units).

    `unconverted` of them have an amount and no rate, `without_amount` have none.
    """

    process_id: UUID
    process_key: str
    stage: str | None
    manager_id: UUID | None
    partner_id: UUID | None
    expected_close_on: date | None
    probability: Decimal | None
    deals: int
    base: int
    unconverted: int
    without_amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WonCell:
    """Deals won in one business month that are alike; `base` leaves out the `unconverted`."""

    process_key: str
    manager_id: UUID | None
    month: str
    deals: int
    base: int
    unconverted: int
