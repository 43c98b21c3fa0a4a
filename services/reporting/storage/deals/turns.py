"""Deals that opened, closed and opened again, counted by buckets of time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from services.reporting.domain.deals.history import Kind
from services.reporting.domain.deals.over_time import BEFORE, Turn, TurnCell
from services.reporting.storage.tables import deal_facts
from services.reporting.storage.tables.deals import TURNS

_AT_ONCE = 100  # SQLite joins no more than 500 selects into one


def by_bucket(
    connection: sa.Connection,
    counted: sa.Select[Any],
    by: sa.ColumnElement[Any] | None,
    at: sa.ColumnElement[Any],
    bounds: Sequence[datetime],
) -> Iterator[Sequence[Any]]:
    """Give what a statement counts in each bucket, after the bucket's number, by one more thing, which follows that, or by nothing.

    What is before the first bucket is BEFORE.
    """
    if not bounds:
        return
    key, keys = (sa.null(), []) if by is None else (by, [by])
    if connection.dialect.name == "postgresql":
        number = sa.func.width_bucket(at, sa.cast(sa.bindparam(None, list(bounds), ARRAY(at.type)), ARRAY(at.type)))
        bucket = (number - 1).label("bucket")  # what is before the first gets BEFORE
        statement = counted.where(at < bounds[-1]).with_only_columns(bucket, key, *counted.selected_columns)
        yield from connection.execute(statement.group_by(bucket, *keys))
        return
    earlier = counted.where(at < bounds[0]).with_only_columns(key, *counted.selected_columns).group_by(*keys)
    for row in connection.execute(earlier):
        yield (BEFORE, *row)
    edges = list(zip(range(len(bounds)), bounds, bounds[1:], strict=False))
    for first in range(0, len(edges), _AT_ONCE):
        listed = [
            sa.select(
                sa.literal(number).label("bucket"),
                sa.literal(start, at.type).label("start"),
                sa.literal(end, at.type).label("end"),
            )
            for number, start, end in edges[first : first + _AT_ONCE]
        ]
        buckets = sa.union_all(*listed).subquery()
        statement = (
            counted.join(buckets, sa.and_(at >= buckets.c.start, at < buckets.c.end))
            .with_only_columns(buckets.c.bucket, key, *counted.selected_columns)
            .group_by(buckets.c.bucket, *keys)
        )
        yield from connection.execute(statement)


def turns(
    connection: sa.Connection, conditions: Sequence[sa.ColumnElement[bool]], bounds: Sequence[datetime]
) -> list[TurnCell]:
    """Count every close and every reopening in the facts that conditions choose."""
    f = deal_facts.c
    counted = sa.select(sa.func.count().label("deals")).select_from(deal_facts).where(TURNS, *conditions)
    return [
        turn_cell(bucket, Turn.REOPENED if kind == Kind.REOPENED else Turn.ENDED, deals)
        for bucket, kind, deals in by_bucket(connection, counted, f.kind, f.occurred_at, bounds)
    ]


def turn_cell(bucket: int, turn: Turn, deals: int, base: int = 0, unconverted: int = 0) -> TurnCell:
    """Make a cell of a row."""
    return TurnCell(bucket=bucket, turn=turn, deals=int(deals), base=int(base), unconverted=int(unconverted))
