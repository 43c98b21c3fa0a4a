"""Keeping counts up: what a thing counted for before is taken off, what it counts for now is added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import add, sub
from typing import Any

import sqlalchemy as sa

from services.reporting.domain.period import spans_of
from services.reporting.storage.tables.rollups import EVERYBODY, NOBODY, UNDER_WAY
from services.reporting.storage.writing import add_up, delete

Key = tuple[Any, ...]
"""A month (or UNDER_WAY), a manager (or None), and what else the table is keyed by, in the order of its columns."""

Counts = tuple[int, ...]

_WHEN_AND_WHO = ("span", "credited")


class Rollup:
    """Gathers the changes of one table, to write them together: things that change the same count change it once."""

    def __init__(self, table: sa.Table) -> None:
        self._table = table
        keys = [str(column.name) for column in table.primary_key]
        self._names = [*_WHEN_AND_WHO, *(name for name in keys if name not in _WHEN_AND_WHO)]
        self._counted = [str(column.name) for column in table.c if not column.primary_key]
        self._changes: dict[Key, Counts] = {}
        self._held: set[Key] = set()

    def change(self, before: Mapping[Key, Counts], after: Mapping[Key, Counts]) -> None:
        """Note what one thing counted for, and what it counts for now."""
        for key, counts in before.items():
            if after.get(key) != counts:
                self._add(key, sub, counts)
        for key, counts in after.items():
            if before.get(key) != counts:
                self._add(key, add, counts)
                self._held.add(key)

    def _add(self, key: Key, sign: Any, counts: Counts) -> None:
        so_far = self._changes.get(key)
        self._changes[key] = tuple(map(sign, so_far or (0,) * len(counts), counts))

    def write(self, connection: sa.Connection) -> None:
        """Write what was gathered, and forget it."""
        changes = _spread_out(self._changes)
        rows = [
            {**dict(zip(self._names, key, strict=True)), **dict(zip(self._counted, counts, strict=True))}
            for key, counts in changes.items()
            if any(counts)
        ]
        add_up(connection, self._table, rows)
        held = {there for key in self._held for there in _everywhere(key)}
        lessened = [key for key, counts in changes.items() if key not in held and min(counts) < 0]
        nothing = (self._table.c[name] == 0 for name in self._counted)
        delete(connection, [self._table.c[name] for name in self._names], lessened, *nothing)
        self._changes, self._held = {}, set()


def _spread_out(changes: Mapping[Key, Counts]) -> dict[Key, Counts]:
    """Give each change once for every span of time and for everybody."""
    found: dict[Key, Counts] = {}
    for key, counts in changes.items():
        if any(counts):
            for there in _everywhere(key):
                so_far = found.get(there)
                found[there] = tuple(map(add, so_far, counts)) if so_far else counts
    return found


def _everywhere(key: Key) -> Iterator[Key]:
    month, manager, *rest = key
    spans: Sequence[str] = (UNDER_WAY,) if month == UNDER_WAY else spans_of(month)
    for span in spans:
        yield (span, manager or NOBODY, *rest)
        yield (span, EVERYBODY, *rest)
