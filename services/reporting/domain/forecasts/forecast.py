"""The forecast of a period: what is won in it so far, and what is expected to close in it, weighted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import floor

from services.reporting.domain.forecasts.cells import OpenCell, WonCell
from services.reporting.domain.forecasts.chances import Chances, Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The days from `first` on and before `end`; None leaves a side open."""

    first: date | None = None
    end: date | None = None

    @property
    def are_all(self) -> bool:
        """Whether no side is bounded."""
        return self.first is None and self.end is None

    def __contains__(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.end is None or day < self.end)


@dataclass(slots=True, kw_only=True)
class ForecastRow:
    """The forecast under one key; amounts are minor units of the base currency.

    Counted apart, and in no weighted amount: deals in progress `without_amount`, those of the `unconverted` that have no
    rate (won ones among them), and those `without_probability`. `overdue` deals were expected to close by now; they stay
    in. Deals `without_close_date` are in no period, so only in the forecast of all time.
    """

    key: str | None
    won: int = 0
    won_amount: int = 0
    open: int = 0
    open_amount: int = 0
    weighted: Fraction = field(default_factory=Fraction)
    overdue: int = 0
    without_amount: int = 0
    without_probability: int = 0
    without_close_date: int = 0
    unconverted: int = 0

    @property
    def weighted_amount(self) -> int:
        """Give the weighted amount in whole minor units, halves rounded up; it is rounded only here."""
        return floor(self.weighted + Fraction(1, 2))

    @property
    def forecast_amount(self) -> int:
        """Give what is won and what is expected."""
        return self.won_amount + self.weighted_amount


@dataclass(frozen=True, kw_only=True)
class Keys:
    """Tell under which keys deals are shown."""

    of_open: Callable[[OpenCell], str | None]
    of_won: Callable[[WonCell], str | None]


def forecast(
    open_cells: Iterable[OpenCell], won_cells: Iterable[WonCell], chances: Chances, days: Days, today: date, keys: Keys
) -> list[ForecastRow]:
    """Add up, a row for each key in their order, what has no key last; won deals are those of the period already."""
    rows: dict[str | None, ForecastRow] = {}
    # each deal has a probability of its own; what they are means of are few: sums by these are quickly multiplied
    expected: dict[str | None, dict[tuple[Part, int], int]] = defaultdict(lambda: defaultdict(int))

    def row_of(key: str | None) -> ForecastRow:
        return rows.setdefault(key, ForecastRow(key=key))

    for won in won_cells:
        row = row_of(keys.of_won(won))
        row.won += won.deals
        row.won_amount += won.base
        row.unconverted += won.unconverted
    for cell in open_cells:
        day = cell.expected_close_on
        if day is None:
            row_of(keys.of_open(cell)).without_close_date += cell.deals
            if not days.are_all:
                continue
        elif day not in days:
            continue
        key, parts = keys.of_open(cell), chances.parts(cell)
        _expect(row_of(key), cell, overdue=day is not None and day < today, has_chance=bool(parts))
        for part in parts:
            expected[key][part, len(parts)] += cell.base
    for key, sums in expected.items():
        rows[key].weighted = sum((part.value * base / count for (part, count), base in sums.items()), Fraction())
    return sorted(rows.values(), key=lambda row: (row.key is None, row.key or ""))


def _expect(row: ForecastRow, cell: OpenCell, *, overdue: bool, has_chance: bool) -> None:
    row.open += cell.deals
    row.open_amount += cell.base
    row.overdue += cell.deals if overdue else 0
    row.without_amount += cell.without_amount
    row.unconverted += cell.unconverted
    if not has_chance:
        row.without_probability += cell.deals - cell.without_amount - cell.unconverted
