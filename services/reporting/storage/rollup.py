"""Keeping counts up: what a thing counted for before is taken off, what it counts for now is added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import add, neg, sub
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.reporting.domain.period import spans_of
from services.reporting.storage.tables.rollups import EVERYBODY, NOBODY, UNDER_WAY
from services.reporting.storage.writing import add_up, delete

Key = tuple[Any, ...]
"""A month (or UNDER_WAY), a manager (or None), and what else the table is keyed by, in the order of its columns."""

Counts = tuple[int, ...]

_WHEN_AND_WHO = ("span", "credited")


class Place:
    """What changes in a month for a manager; keys are without these two."""

    __slots__ = ("changes", "lessened")

    def __init__(self) -> None:
        self.changes: dict[Key, Counts] = {}
        self.lessened: set[Key] = set()

    def put(self, key: Key, counts: Counts) -> None:
        """Note what something counts for that did not before."""
        so_far = self.changes.get(key)
        self.changes[key] = tuple(map(add, so_far, counts)) if so_far else counts

    def take(self, key: Key, counts: Counts, *, stays: bool = False) -> None:
        """Note what something counted for and does no more; `stays`: it still counts for something there."""
        so_far = self.changes.get(key)
        self.changes[key] = tuple(map(sub, so_far, counts) if so_far else map(neg, counts))
        if not stays:
            self.lessened.add(key)


class Rollup:
    """Gathers the changes of one table, to write them together: things that change the same count change it once."""

    def __init__(self, table: sa.Table) -> None:
        self._table = table
        keys = [str(column.name) for column in table.primary_key]
        self._keys = [*_WHEN_AND_WHO, *(name for name in keys if name not in _WHEN_AND_WHO)]
        self._counted = tuple(str(column.name) for column in table.c if not column.primary_key)
        self._places: dict[_Where, Place] = {}

    def at(self, month: str, manager: UUID | None) -> Place:
        """Give the place to note changes in."""
        place = self._places.get((month, manager))
        if place is None:
            place = self._places[month, manager] = Place()
        return place

    def change(self, before: Mapping[Key, Counts], after: Mapping[Key, Counts]) -> None:
        """Note what one thing counted for, and what it counts for now."""
        for key, counts in before.items():
            if after.get(key) != counts:
                self.at(key[0], key[1]).take(key[2:], counts, stays=key in after)
        for key, counts in after.items():
            if before.get(key) != counts:
                self.at(key[0], key[1]).put(key[2:], counts)

    def write(self, connection: sa.Connection) -> None:
        """Write what was gathered, and forget it."""
        names = (*self._keys, *self._counted)
        rows: list[dict[str, Any]] = []
        gone: list[dict[str, Any]] = []
        for where, place in self._everywhere().items():
            for key, counts in place.changes.items():
                if any(counts):
                    rows.append(dict(zip(names, (*where, *key, *counts), strict=True)))
            lessened = (key for key in place.lessened if min(place.changes[key]) < 0)
            gone += [dict(zip(self._keys, (*where, *key), strict=True)) for key in lessened]
        add_up(connection, self._table, rows)
        delete(connection, self._table, gone, self._counted)
        self._places = {}

    def _everywhere(self) -> dict[_Where, Place]:
        """Give each change once for every span of time and for everybody."""
        found: dict[_Where, Place] = {}
        for (month, manager), here in self._places.items():
            changed = {key: counts for key, counts in here.changes.items() if any(counts)}
            lessened = here.lessened & changed.keys()
            for where in _spread_out(month, manager):
                there = found.get(where)
                if there is None:
                    there = found[where] = Place()
                    there.changes = changed.copy()
                else:
                    for key, counts in changed.items():
                        there.put(key, counts)
                there.lessened |= lessened
        return found


_Where = tuple[str, UUID | None]
"""A month, or another span, and a manager."""


def _spread_out(month: str, manager: UUID | None) -> Iterator[_Where]:
    spans: Sequence[str] = (UNDER_WAY,) if month == UNDER_WAY else spans_of(month)
    for span in spans:
        yield span, manager or NOBODY
        yield span, EVERYBODY
