"""Sales targets (план продаж): what a manager or a team is to achieve in a month, a quarter or a year."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Self
from uuid import UUID

from chassis.errors import Problem, Refused, refuse
from chassis.ids import new_id
from chassis.money import Money
from services.deals.domain.kinds import SALES_TARGET

MOST = 1_000_000_000
"""The most that a target may count."""


class Measure(StrEnum):
    """What is aimed at: money won (base currency), deals won, or interactions with clients in which managers take part."""

    WON_AMOUNT = "WON_AMOUNT"
    WON_COUNT = "WON_COUNT"
    INTERACTIONS = "INTERACTIONS"


class TargetPeriod(StrEnum):
    """For how long a target is."""

    MONTH = "MONTH"
    QUARTER = "QUARTER"
    YEAR = "YEAR"

    @property
    def months(self) -> int:
        """How many months it has."""
        return {TargetPeriod.MONTH: 1, TargetPeriod.QUARTER: 3, TargetPeriod.YEAR: 12}[self]

    def begins_on(self, day: date) -> bool:
        """Tell whether one of them begins on a day."""
        return day.day == 1 and (day.month - 1) % self.months == 0

    def end_of(self, first: date) -> date:
        """Give the first day after the one that begins on a day."""
        month = first.month - 1 + self.months
        return date(first.year + month // 12, month % 12 + 1, 1)


@dataclass(frozen=True, kw_only=True)
class Aim:
    """Whose target, of what and for when: there is one target of each."""

    manager_id: UUID | None
    team_id: UUID | None
    measure: Measure
    period: TargetPeriod
    first: date

    def __post_init__(self) -> None:
        problems = []
        if (self.manager_id is None) == (self.team_id is None):
            message = "a target is for a manager or for a team; name one of the two"
            problems.append(Problem(code="INVALID", message=message, field=("manager",)))
        if not self.period.begins_on(self.first):
            message = f"no {self.period.lower()} begins on {self.first}; give its first day"
            problems.append(Problem(code="INVALID_PERIOD", message=message, field=("beginsOn",)))
        if problems:
            raise Refused(*problems)

    @property
    def end(self) -> date:
        """The first day after it."""
        return self.period.end_of(self.first)


@dataclass(frozen=True, kw_only=True)
class SalesTarget:
    """A target as it was set last; `amount` is that of WON_AMOUNT, `count` that of the others. Withdrawn, it asks for nothing."""

    id: UUID
    version: int
    aim: Aim
    amount: Money | None
    count: int | None
    withdrawn_at: datetime | None = None

    @classmethod
    def first(cls, aim: Aim, value: Decimal, base_currency: str) -> Self:
        """Set the first target for an aim; raise Refused for a value that it cannot have."""
        amount, count = _value(aim.measure, value, base_currency)
        return cls(id=new_id(SALES_TARGET), version=1, aim=aim, amount=amount, count=count)

    def set(self, value: Decimal, base_currency: str) -> Self:
        """Give it another value, also where it was withdrawn; what is set already stays as it is."""
        amount, count = _value(self.aim.measure, value, base_currency)
        if (amount, count) == (self.amount, self.count) and self.withdrawn_at is None:
            return self
        return replace(self, version=self.version + 1, amount=amount, count=count, withdrawn_at=None)

    def withdraw(self, at: datetime) -> Self:
        """Ask for nothing any more; raise Refused where it does not already."""
        if self.withdrawn_at is not None:
            raise refuse("WITHDRAWN", f"the target was withdrawn on {self.withdrawn_at:%Y-%m-%d} already", "target")
        return replace(self, version=self.version + 1, withdrawn_at=at)

    @property
    def value(self) -> Decimal:
        """What is aimed at, in major units of the base currency or as a count."""
        return self.amount.amount if self.amount is not None else Decimal(self.count or 0)


def _value(measure: Measure, value: Decimal, base_currency: str) -> tuple[Money | None, int | None]:
    if value.is_finite() and value < 0:
        raise refuse("INVALID_AMOUNT", "a target is nothing or more", "value")
    if measure is Measure.WON_AMOUNT:
        try:
            return Money.of(value, base_currency), None
        except Refused as error:
            raise Refused(*(replace(problem, field=("value",)) for problem in error.problems)) from None
    if not value.is_finite() or value > MOST or value != value.to_integral_value():
        raise refuse("INVALID_AMOUNT", f"a count is a whole number, at most {MOST:,}", "value")
    return None, int(value)
