"""The cycles of won deals at their places, found by descending through the counts that are kept up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.reporting.domain.period import Period
from services.reporting.domain.spread import BRANCHES, Places, SpreadCell, cell_of
from services.reporting.storage.deals.cells import Grouping
from services.reporting.storage.deals.rolled_cells import credited
from services.reporting.storage.deals.stated_cells import within
from services.reporting.storage.descent import descend
from services.reporting.storage.scope import Scope
from services.reporting.storage.tables import cycle_counts, deal_states
from services.reporting.storage.tables.rollups import NOBODY

_c, _d = cycle_counts.c, deal_states.c
_BRANCHES = [sa.func.sum(_c[f"branch_{branch}"]) for branch in range(BRANCHES)]
_SECONDS, _MICROS = sa.func.sum(_c.seconds), sa.func.sum(_c.micros)
_KEYS = {Grouping.PROCESS: (_c.process_key, _d.process_key), Grouping.MANAGER: (_c.credited, _d.manager_id)}


def cycles(
    connection: sa.Connection, scope: Scope, spans: Sequence[str], period: Period, by: Grouping | None, places: Places
) -> list[SpreadCell]:
    """Tell how the cycles of the deals won in some spans of time, which make up the period, are spread under each key."""
    counted, listed = _KEYS[by] if by else (sa.literal(None), sa.literal(None))
    source = _Source(connection, scope, spans, period, counted, listed, by)
    roots, found = descend(source, places)
    return [
        SpreadCell(
            key=_text(key),
            deals=sum(counts[:BRANCHES]),
            total=counts[BRANCHES] * 1_000_000 + counts[BRANCHES + 1],
            values=found[key],
        )
        for key, counts in roots.items()
    ]


@dataclass(frozen=True, slots=True)
class _Source:
    """Where counts and values are read."""

    connection: sa.Connection
    scope: Scope
    spans: Sequence[str]
    period: Period
    counted: sa.ColumnElement[Any]
    listed: sa.ColumnElement[Any]
    by: Grouping | None

    def counts(self, knots: Iterable[int], pairs: Iterable[tuple[Any, int]]) -> dict[tuple[Any, int], list[int]]:
        """Give the counts of knots, branch by branch, then the sum of all in seconds and microseconds; pairs of key and knot narrow."""
        each = self.by is Grouping.MANAGER
        named = [sa.tuple_(_c.credited, _c.knot).in_(sorted(pairs))] if each and pairs else [_c.knot.in_(sorted(knots))]
        statement = (
            sa.select(self.counted.label("key"), _c.knot, *_BRANCHES, _SECONDS, _MICROS)
            .where(
                *named,
                _c.span.in_(self.spans),
                *credited(_c.credited, self.scope, each=each),
                *self.scope.of_processes(_c.process_key),
            )
            .group_by(*([self.counted] if self.by else []), _c.knot)
        )
        return {(row[0], row[1]): [int(one) for one in row[2:]] for row in self.connection.execute(statement)}

    def leaves(self, wanted: set[tuple[Any, int]]) -> dict[tuple[Any, int], list[tuple[int, int]]]:
        """Give the values in the leaves of keys, in their order, each with how often it occurs."""
        statement = (
            sa.select(self.listed.label("key"), _d.cycle, sa.func.count())
            .where(
                sa.or_(sa.false(), *self._in_leaves(wanted)),
                *within(_d.closed_at, self.period),
                *self.scope.of_managers(_d.manager_id),
                *self.scope.of_processes(_d.process_key),
            )
            .group_by(*([self.listed] if self.by else []), _d.cycle)
        )
        found: dict[tuple[Any, int], list[tuple[int, int]]] = defaultdict(list)
        for key, cycle, deals in sorted(self.connection.execute(statement), key=lambda row: row[1]):
            of = NOBODY if key is None and self.by is Grouping.MANAGER else key
            found[of, cell_of(cycle)].append((cycle, deals))
        return found

    def _in_leaves(self, wanted: set[tuple[Any, int]]) -> Iterator[sa.ColumnElement[bool]]:
        cells = {leaf for key, leaf in wanted if self.by is not Grouping.MANAGER or key == NOBODY}
        mine = [(leaf, key) for key, leaf in wanted if self.by is Grouping.MANAGER and key != NOBODY]
        if mine:
            yield sa.tuple_(_d.cycle_cell, _d.manager_id).in_(sorted(mine))
        if cells:
            nobodys = [_d.manager_id.is_(None)] if self.by is Grouping.MANAGER else []
            yield sa.and_(_d.cycle_cell.in_(sorted(cells)), *nobodys)


def _text(key: UUID | str | None) -> str | None:
    return str(key) if key is not None and key != NOBODY else None
