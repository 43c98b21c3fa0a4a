"""Hear of sales targets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from chassis.events import Heard
from chassis.money import Money
from chassis.store.database import Transaction
from services.reporting.domain.managers.plan import Measure
from services.reporting.domain.period import months_within
from services.reporting.storage.copies import keep
from services.reporting.storage.tables import target_facts


@dataclass(frozen=True, kw_only=True)
class TargetHeard:
    """What reporting needs of a target; its value is in major units of the currency, or a count."""

    target_id: UUID
    manager_id: UUID | None = None
    team_id: UUID | None = None
    measure: Measure
    first_on: date
    end_on: date
    value: Decimal
    currency: str | None = None


def record_target_fact(event: Heard, tx: Transaction) -> None:
    """Keep a target as it stands after an event."""
    heard = event.read(TargetHeard)
    months = months_within(heard.first_on, heard.end_on)
    row = {
        "target_id": heard.target_id,
        "sequence": event.sequence,
        "occurred_at": event.occurred_at,
        "recorded_at": event.recorded_at,
        "manager_id": heard.manager_id,
        "team_id": heard.team_id,
        "measure": heard.measure.value,
        "first_month": months.first,
        "end_month": months.end,
        "value": Money.of(heard.value, heard.currency).minor if heard.currency is not None else int(heard.value),
        "stands": event.type != "sales_target.withdrawn",
    }
    keep(tx.connection, target_facts, row)
