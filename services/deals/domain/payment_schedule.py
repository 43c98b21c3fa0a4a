"""When a client pays: parts of the price, each so many days after the order or after a shipment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from chassis.errors import Problem
from services.deals.domain.percent import PARTS, parts_of, percent_problems

LONGEST_OFFSET = 3650
"""Days, ten years."""


class Basis(StrEnum):
    """From what an instalment counts its days."""

    ORDER = "ORDER"
    SHIPMENT = "SHIPMENT"


@dataclass(frozen=True, kw_only=True)
class Instalment:
    """A part of the price: `percent` of it, due `offset_days` after the order is agreed on, or after each shipment."""

    percent: Decimal
    offset_days: int
    basis: Basis

    def due_on(self, day: date) -> date:
        """Tell when it is due, of an order or a shipment of a day."""
        return day + timedelta(days=self.offset_days)


AT_SHIPMENT = (Instalment(percent=Decimal(100), offset_days=0, basis=Basis.SHIPMENT),)
"""Where nothing else is agreed on, goods are paid for as they leave."""


def shares(minor: int, schedule: Sequence[Instalment]) -> list[int]:
    """Divide an amount by the percentages of a schedule that adds up to 100: to the last unit, rounded half up."""
    given, taken, parts = 0, 0, []
    for instalment in schedule:
        taken += parts_of(instalment.percent)
        upto = (2 * minor * taken + PARTS) // (2 * PARTS)
        parts.append(upto - given)
        given = upto
    return parts


def owed_by_order(minor: int, schedule: Sequence[Instalment]) -> list[int]:
    """Tell what each instalment comes to as soon as an order is agreed on; none where it waits for shipments."""
    return [
        share if instalment.basis is Basis.ORDER else 0
        for instalment, share in zip(schedule, shares(minor, schedule), strict=True)
    ]


def owed_by_shipments(shipped: int, schedule: Sequence[Instalment]) -> list[int]:
    """Tell what each instalment comes to when goods of a value have left; none where the order alone counts."""
    return [
        share if instalment.basis is Basis.SHIPMENT else 0
        for instalment, share in zip(schedule, shares(shipped, schedule), strict=True)
    ]


def schedule_problems(schedule: Sequence[Instalment]) -> list[Problem]:
    """Say what is wrong with a schedule, if anything: its instalments have to add up to the whole price."""
    problems = [problem for place, one in enumerate(schedule) for problem in _instalment_problems(one, place)]
    total = sum(one.percent for one in schedule)
    if not problems and schedule and total != 100:
        message = f"the instalments add up to {total} percent; the whole price is 100"
        problems.append(Problem(code="INVALID_SCHEDULE", message=message, field=("paymentSchedule",)))
    return problems


def _instalment_problems(one: Instalment, place: int) -> list[Problem]:
    path = ("paymentSchedule", str(place))
    problems = [*percent_problems("an instalment", one.percent, "INVALID_PERCENT", *path, "percent")]
    if not problems and one.percent == 0:
        message = "an instalment is more than nothing; leave it out"
        problems.append(Problem(code="INVALID_PERCENT", message=message, field=(*path, "percent")))
    if not 0 <= one.offset_days <= LONGEST_OFFSET:
        message = f"an instalment is due 0 to {LONGEST_OFFSET} days after its event; {one.offset_days} is not"
        problems.append(Problem(code="INVALID_OFFSET", message=message, field=(*path, "offsetDays")))
    return problems
