"""Counts of what managers did, brought up to what is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from services.reporting.domain.period import Months, Period, month_of
from services.reporting.storage.deals.rolled_cells import credited
from services.reporting.storage.rollup import Counts, Key, Rollup
from services.reporting.storage.scope import Moment, Scope


@contextmanager
def recounting(
    connection: sa.Connection, table: sa.Table, counted: Callable[[], Mapping[Key, Counts]]
) -> Iterator[None]:
    """Count some things before and after a block writes, and change the counts of a table by the difference."""
    before = counted()
    yield
    rollup = Rollup(table)
    rollup.change(before, counted())
    rollup.write(connection)


def by_month(connection: sa.Connection, statement: sa.Select[Any], zone: ZoneInfo, keys: int = 0) -> dict[Key, Counts]:
    """Add up rows of an instant, a manager, some more keys and counts, by business months."""
    found: dict[Key, Counts] = {}
    for instant, manager_id, *rest in connection.execute(statement):
        key = (month_of(instant, zone), manager_id, *rest[:keys])
        counts = tuple(map(int, rest[keys:]))
        found[key] = tuple(map(sum, zip(found.get(key, (0,) * len(counts)), counts, strict=True)))
    return found


def counted_months(scope: Scope, moment: Moment, period: Period, zone: ZoneInfo) -> Months | None:
    """Give the months of a period, if the counts tell what is asked: of now, of managers and of whole months alone."""
    return Months.of(period, zone) if moment.is_now and scope.is_rolled_up else None


def counts_of_managers(table: sa.Table, scope: Scope, spans: Any, *keys: sa.Column[Any]) -> sa.Select[Any]:
    """Select each manager, with the sums of all counts over some spans, by some more keys of the table."""
    sums = [sa.func.sum(column).label(column.name) for column in table.c if not column.primary_key]
    return (
        sa.select(table.c.credited, *keys, *sums)
        .where(table.c.span.in_(spans), *credited(table.c.credited, scope, each=True))
        .group_by(table.c.credited, *keys)
    )
