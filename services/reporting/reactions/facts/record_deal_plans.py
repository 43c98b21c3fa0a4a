"""Hear when deals are to begin and expected to close."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from chassis.events import Heard
from chassis.store.database import Transaction
from services.reporting.storage.tables import deal_plans
from services.reporting.storage.writing import keep_all


@dataclass(frozen=True, kw_only=True)
class PlanHeard:
    """What reporting needs of a deal's dates."""

    deal_id: UUID
    planned_start_on: date | None = None
    expected_close_on: date | None = None


def record_deal_plans(events: Sequence[Heard], tx: Transaction) -> None:
    """Keep the dates of deals."""
    keep_all(tx.connection, deal_plans, [_row(event, event.read(PlanHeard)) for event in events])


def _row(event: Heard, heard: PlanHeard) -> dict[str, Any]:
    return {
        "deal_id": heard.deal_id,
        "sequence": event.sequence,
        "occurred_at": event.occurred_at,
        "recorded_at": event.recorded_at,
        "planned_start_on": heard.planned_start_on,
        "expected_close_on": heard.expected_close_on,
    }
