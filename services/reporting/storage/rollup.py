"""Keeping counts up: what a thing counted for before is taken off, what it counts for now is added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import add, sub
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


class Rollup:
    """Gathers the changes of one table, to write them together: things that change the same count change it once."""

    def __init__(self, table: sa.Table) -> None:
        self._table = table
        keys = [str(column.name) for column in table.primary_key]
        self._keys = [*_WHEN_AND_WHO, *(name for name in keys if name not in _WHEN_AND_WHO)]
        self._counted = tuple(str(column.name) for column in table.c if not column.primary_key)
        self._changes: _Places = {}
        self._held: dict[_Place, set[Key]] = {}

    def change(self, before: Mapping[Key, Counts], after: Mapping[Key, Counts]) -> None:
        """Note what one thing counted for, and what it counts for now."""
        for key, counts in before.items():
            if after.get(key) != counts:
                self.take(key[0], key[1], key[2:], counts)
        for key, counts in after.items():
            if before.get(key) != counts:
                self.put(key[0], key[1], key[2:], counts)
            else:
                self.hold(key[0], key[1], key[2:])

    def put(self, month: str, manager: UUID | None, key: Key, counts: Counts) -> None:
        """Note what something counts for that did not before; `key` without month and manager."""
        self._add(month, manager, key, counts, add)
        self.hold(month, manager, key)

    def take(self, month: str, manager: UUID | None, key: Key, counts: Counts) -> None:
        """Note what something counted for and does no more."""
        self._add(month, manager, key, counts, sub)

    def hold(self, month: str, manager: UUID | None, key: Key) -> None:
        """Note that something counts there as before: the row stays, whatever is taken from it."""
        self._held.setdefault((month, manager), set()).add(key)

    def _add(self, month: str, manager: UUID | None, key: Key, counts: Counts, sign: Any) -> None:
        here = self._changes.setdefault((month, manager), {})
        so_far = here.get(key)
        here[key] = tuple(map(sign, so_far or (0,) * len(counts), counts))

    def write(self, connection: sa.Connection) -> None:
        """Write what was gathered, and forget it."""
        rows, lessened = [], []
        held = self._held_everywhere()
        for place, changes in self._spread_out().items():
            there = held.get(place, ())
            for key, counts in changes.items():
                if any(counts):
                    named = dict(zip(self._keys, (*place, *key), strict=True))
                    rows.append(named | dict(zip(self._counted, counts, strict=True)))
                    if min(counts) < 0 and key not in there:
                        lessened.append(named)
        add_up(connection, self._table, rows)
        delete(connection, self._table, lessened, self._counted)
        self._changes, self._held = {}, {}

    def _spread_out(self) -> _Places:
        """Give each change once for every span of time and for everybody."""
        found: _Places = {}
        for here, changes in self._changes.items():
            changed = {key: counts for key, counts in changes.items() if any(counts)}
            for place in _everywhere(here):
                there = found.get(place)
                if there is None:
                    found[place] = changed.copy()
                    continue
                for key, counts in changed.items():
                    so_far = there.get(key)
                    there[key] = tuple(map(add, so_far, counts)) if so_far else counts
        return found

    def _held_everywhere(self) -> dict[_Place, set[Key]]:
        found: dict[_Place, set[Key]] = {}
        for here, keys in self._held.items():
            for place in _everywhere(here):
                found.setdefault(place, set()).update(keys)
        return found


_Place = tuple[str, UUID | None]
"""A month, or another span, and a manager."""

_Places = dict[_Place, dict[Key, Counts]]


def _everywhere(place: _Place) -> Iterator[_Place]:
    month, manager = place
    spans: Sequence[str] = (UNDER_WAY,) if month == UNDER_WAY else spans_of(month)
    for span in spans:
        yield span, manager or NOBODY
        yield span, EVERYBODY
