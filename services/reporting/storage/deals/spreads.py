"""Values at their places, found by the database among the rows of a statement, and among some more from elsewhere."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from services.reporting.domain.spread import Places, SpreadCell, branch_at

_MINUTE, _HOUR, _DAY = (
    one // timedelta(microseconds=1) for one in (timedelta(minutes=1), timedelta(hours=1), timedelta(days=1))
)
_WIDTHS = ((0, _MINUTE), (2 * _DAY, _HOUR), (100 * _DAY, _DAY), (4_000 * _DAY, 100 * _DAY))
"""From which value on bins are how wide; what is negative is in one."""


def spread(
    connection: sa.Connection,
    values: sa.Select[Any],
    places: Places,
    more: Iterable[tuple[str | None, int]] = (),
) -> list[SpreadCell]:
    """Give a cell for each key of a statement's rows (key, value: microseconds) and of some more; places are those among all.

    Rows are counted in bins, and only the bins in which a place lies are read: sorting all values would take far longer.
    """
    rows = values.subquery()
    found = _in_bins(connection, rows)
    for name, value in more:
        found[name].add(value)
    searches = [
        (name, place, *of.bin_at(place)) for name, of in found.items() for place in sorted(set(places(of.deals)))
    ]
    read = _read(
        connection, rows, {(found[name].key, first) for name, _, first, _ in searches if found[name].is_listed}
    )
    at: dict[str | None, dict[int, int]] = defaultdict(dict)
    for name, place, first, within in searches:
        counted = sorted((found[name].more.get(first, Counter()) + read.get((name, first), Counter())).items())
        which, _ = branch_at([count for _, count in counted], within)
        at[name][place] = counted[which][0]
    return [SpreadCell(key=name, deals=of.deals, total=of.total, values=at[name]) for name, of in found.items()]


@dataclass(slots=True)
class _Values:
    """The values under one key: how many in each bin, named by where it begins; those from elsewhere with their own counts."""

    key: Any = None
    is_listed: bool = False
    total: int = 0
    bins: Counter[int] = field(default_factory=Counter)
    more: dict[int, Counter[int]] = field(default_factory=dict)

    @property
    def deals(self) -> int:
        return self.bins.total()

    def add(self, value: int) -> None:
        first = _bin_of(value)
        self.total += value
        self.bins[first] += 1
        self.more.setdefault(first, Counter())[value] += 1

    def bin_at(self, place: int) -> tuple[int, int]:
        """Tell in which bin the value at a place lies, and at which place there."""
        ordered = sorted(self.bins)
        which, within = branch_at([self.bins[first] for first in ordered], place)
        return ordered[which], within


def _in_bins(connection: sa.Connection, rows: sa.Subquery) -> dict[str | None, _Values]:
    key, value = rows.c.key, rows.c.value
    first = sa.case(
        *((value >= start, value - (value - start) % width) for start, width in reversed(_WIDTHS)),
        else_=_NEGATIVE,
    ).label("first")
    counts = sa.func.count().label("deals"), sa.func.sum(value).label("total")
    found: dict[str | None, _Values] = defaultdict(_Values)
    for row in connection.execute(sa.select(key, first, *counts).group_by(key, first)):
        of = found[_text(row.key)]
        of.key, of.is_listed = row.key, True
        of.total += int(row.total)
        of.bins[row.first] += row.deals
    return found


def _read(
    connection: sa.Connection, rows: sa.Subquery, wanted: Iterable[tuple[Any, int]]
) -> Mapping[tuple[str | None, int], Counter[int]]:
    """Give the values in bins of keys, each with how often it occurs."""
    found: dict[tuple[str | None, int], Counter[int]] = defaultdict(Counter)
    chosen = [_is_in(rows, key, first) for key, first in wanted]
    if chosen:
        statement = sa.select(rows.c.key, rows.c.value, sa.func.count().label("deals")).where(sa.or_(*chosen))
        for row in connection.execute(statement.group_by(rows.c.key, rows.c.value)):
            found[_text(row.key), _bin_of(row.value)][row.value] += row.deals
    return found


def _is_in(rows: sa.Subquery, key: Any, first: int) -> sa.ColumnElement[bool]:
    named = rows.c.key.is_(None) if key is None else rows.c.key == key
    if first == _NEGATIVE:
        return sa.and_(named, rows.c.value < 0)
    return sa.and_(named, rows.c.value >= first, rows.c.value < first + _width(first))


_NEGATIVE = -1


def _bin_of(value: int) -> int:
    start, width = next(((start, width) for start, width in reversed(_WIDTHS) if value >= start), (0, 0))
    return value - (value - start) % width if width else _NEGATIVE


def _width(first: int) -> int:
    return next(width for start, width in reversed(_WIDTHS) if first >= start)


def _text(key: Any) -> str | None:
    return str(key) if key is not None else None
