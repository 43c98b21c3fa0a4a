"""What is told of sales targets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from chassis.events import Published
from services.deals.domain.sales_target import Measure, SalesTarget


@dataclass(frozen=True, kw_only=True)
class OfTarget:
    """What every event of a target carries: whose it is, of what, from its first day to the first day after it.

    `value` is in major units of the base currency, which `currency` names, or a count.
    """

    target_id: UUID
    manager_id: UUID | None
    team_id: UUID | None
    measure: Measure
    first_on: date
    end_on: date
    value: Decimal
    currency: str | None


@dataclass(frozen=True, kw_only=True)
class SalesTargetSet(OfTarget, Published, type="sales_target.set", subject="target_id"):
    """A manager or a team has a target, or another one than before."""


@dataclass(frozen=True, kw_only=True)
class SalesTargetWithdrawn(OfTarget, Published, type="sales_target.withdrawn", subject="target_id"):
    """Nothing is asked for any more; the value is what was."""


def target_told(target: SalesTarget, at: datetime) -> SalesTargetSet | SalesTargetWithdrawn:
    """Make the event for a target that was just set or withdrawn."""
    told: dict[str, Any] = {
        "sequence": target.version,
        "occurred_at": at,
        "target_id": target.id,
        "manager_id": target.aim.manager_id,
        "team_id": target.aim.team_id,
        "measure": target.aim.measure,
        "first_on": target.aim.first,
        "end_on": target.aim.end,
        "value": target.value,
        "currency": target.amount.currency if target.amount is not None else None,
    }
    return SalesTargetSet(**told) if target.withdrawn_at is None else SalesTargetWithdrawn(**told)
