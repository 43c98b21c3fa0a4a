"""How exactly obligations are met, weighted by what is owed.

punctuality = Σ fulfilled by the due day (and so many days of grace) / Σ due; days late = Σ part × max(0, its days late) / Σ due, what is
not fulfilled yet measured to the day of the report. Both are about what was due in a period by the day first agreed on:
putting an obligation off makes nobody punctual. What may still be fulfilled in time is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationFact:
    """An obligation as it stood after a fact; `part` is what the fact fulfils, less than zero takes as much back."""

    sequence: int
    cancelled: bool
    size: int
    base: int | None
    due_on: date
    original_due_on: date
    part: int | None
    fulfilled_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """An obligation at a moment: how much of it was fulfilled on which day. `weight` is what it counts, None without a rate."""

    size: int
    weight: int | None
    due_on: date
    original_due_on: date
    parts: Mapping[date, int]

    @property
    def left(self) -> int:
        """How much is still owed."""
        return max(0, self.size - sum(self.parts.values()))


@dataclass(slots=True, kw_only=True)
class PunctualityFigures:
    """Figures of obligations of one kind; sums are exact, in the unit of their weights."""

    obligations: int = 0
    due: int = 0
    on_time: Fraction = Fraction(0)
    late: Fraction = Fraction(0)
    overdue: int = 0
    overdue_amount: Fraction = Fraction(0)
    unconverted: int = 0


def owed(facts: Iterable[ObligationFact], *, by_size: bool) -> Owed | None:
    """Add the facts of an obligation up, at least one, in any order; None where nothing is owed any more.

    `by_size` weighs it by its own size, for what is counted and not paid; else by its base amount.
    """
    ordered = sorted(facts, key=lambda fact: fact.sequence)
    last = ordered[-1]
    if last.cancelled or last.size <= 0:
        return None
    parts: dict[date, int] = defaultdict(int)
    for fact in ordered:
        if fact.part is not None and fact.fulfilled_on is not None:
            parts[fact.fulfilled_on] += fact.part
    return Owed(
        size=last.size,
        weight=last.size if by_size else last.base,
        due_on=last.due_on,
        original_due_on=last.original_due_on,
        parts={day: size for day, size in parts.items() if size > 0},
    )


def punctuality(
    obligations: Iterable[Owed], *, first: date | None, end: date | None, today: date, grace: int
) -> PunctualityFigures:
    """Work out figures of what was due from a day on and before another, as of a day; what is overdue is so of any day."""
    figures = PunctualityFigures()
    for one in obligations:
        is_overdue = bool(one.left) and one.due_on < today
        figures.overdue += is_overdue
        decided = one.original_due_on + timedelta(days=grace) < today
        within = (first is None or first <= one.original_due_on) and (end is None or one.original_due_on < end)
        if one.weight is None:
            figures.unconverted += is_overdue or (decided and within)
            continue
        unit = Fraction(one.weight, one.size)
        if is_overdue:
            figures.overdue_amount += unit * one.left
        if decided and within:
            _count(figures, one, unit, today, grace)
    return figures


def _count(figures: PunctualityFigures, one: Owed, unit: Fraction, today: date, grace: int) -> None:
    figures.obligations += 1
    figures.due += one.weight or 0
    for day, size in (*one.parts.items(), (today, one.left)):  # what is left is late by now: its grace has passed
        days = (day - one.original_due_on).days
        if days <= grace:
            figures.on_time += unit * size
        figures.late += unit * size * max(0, days)
