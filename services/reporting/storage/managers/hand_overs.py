"""Deals that went from one manager to another: kept as they are heard of, and counted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from services.reporting.domain.managers.performance import HandOverCell
from services.reporting.domain.period import Period, month_of
from services.reporting.storage.deals.cells import Cells
from services.reporting.storage.deals.stated_cells import within
from services.reporting.storage.recount import counted_months, counts_of_managers
from services.reporting.storage.rollup import Counts, Key, Rollup
from services.reporting.storage.scope import Moment, Scope, among
from services.reporting.storage.spans import Spans, extent
from services.reporting.storage.tables import deal_states, hand_over_counts, hand_over_facts
from services.reporting.storage.writing import Row, keep_all

_c, _n = hand_over_facts.c, hand_over_counts.c
_NOTHING = (0, 0, 0)


def keep_hand_overs(connection: sa.Connection, rows: Sequence[Row], zone: ZoneInfo) -> None:
    """Keep hand-overs, and count those that are new, of deals that are neither voided nor merged."""
    deal_ids = {row["deal_id"] for row in rows}
    there = sa.select(_c.deal_id, _c.sequence).where(among(connection, _c.deal_id, deal_ids))
    known = {tuple(row) for row in connection.execute(there)}
    d = deal_states.c
    away = set(
        connection.execute(sa.select(d.deal_id).where(among(connection, d.deal_id, deal_ids), ~d.counted)).scalars()
    )
    told = {(row["deal_id"], row["sequence"]): row for row in rows}
    new = [row for key, row in told.items() if key not in known]
    keep_all(connection, hand_over_facts, new)
    _change(connection, {}, _counted((row for row in new if row["deal_id"] not in away), zone))


def put_away(connection: sa.Connection, gone: Collection[UUID], back: Collection[UUID], zone: ZoneInfo) -> None:
    """Count the hand-overs of some deals no more, as these are voided or merged, and those of others again."""
    _change(connection, _of_deals(connection, gone, zone), _of_deals(connection, back, zone))


def _of_deals(connection: sa.Connection, deal_ids: Collection[UUID], zone: ZoneInfo) -> dict[Key, Counts]:
    if not deal_ids:
        return {}
    found = connection.execute(sa.select(hand_over_facts).where(among(connection, _c.deal_id, deal_ids)))
    return _counted((row._asdict() for row in found), zone)


def _change(connection: sa.Connection, before: dict[Key, Counts], after: dict[Key, Counts]) -> None:
    rollup = Rollup(hand_over_counts)
    rollup.change(before, {})
    rollup.change({}, after)
    rollup.write(connection)


def _counted(rows: Iterable[Row], zone: ZoneInfo) -> dict[Key, Counts]:
    """Give what hand-overs count for: with whoever had the deal, and whoever has it."""
    found: dict[Key, Counts] = {}
    for row in rows:
        counts = (1, row["base_minor"], int(row["unconverted"]))
        month, process = month_of(row["occurred_at"], zone), row["process_key"]
        for manager_id, more in ((row["from_id"], counts + _NOTHING), (row["to_id"], _NOTHING + counts)):
            key = (month, manager_id, process)
            found[key] = tuple(map(sum, zip(found.get(key, (0,) * 6), more, strict=True)))
    return found


def hand_overs_by_manager(
    connection: sa.Connection, scope: Scope, moment: Moment, period: Period, cells: Cells, zone: ZoneInfo
) -> list[HandOverCell]:
    """Count the deals that each manager handed to another in a period, and took over; cells of a manager may come twice."""
    months = counted_months(scope, moment, period, zone)
    if months is not None:
        spans = Spans(connection, zone).fewest(months, [extent(_c.occurred_at)])
        counts = counts_of_managers(hand_over_counts, scope, spans).where(*scope.of_processes(_n.process_key))
        return [HandOverCell(str(row[0]), *map(int, row[1:])) for row in connection.execute(counts) if any(row[1:])]
    sums = (sa.func.count(), sa.func.sum(_c.base_minor), sa.func.count().filter(_c.unconverted))
    nothing = [sa.literal(0)] * 3
    conditions = hand_overs_within(scope, moment, period, cells)
    sides = [
        sa.select(manager, *counts).where(*conditions, *scope.of_managers(manager)).group_by(manager)
        for manager, counts in ((_c.from_id, [*sums, *nothing]), (_c.to_id, [*nothing, *sums]))
    ]
    return [HandOverCell(str(row[0]), *map(int, row[1:])) for row in connection.execute(sa.union_all(*sides))]


def hand_overs_within(scope: Scope, moment: Moment, period: Period, cells: Cells) -> list[sa.ColumnElement[bool]]:
    """Say of hand-overs that they took place in a period and were known at a moment, in deals within a scope, whoever took part."""
    conditions = [*moment.until(hand_over_facts), *within(_c.occurred_at, period), ~cells.put_away(_c.deal_id)]
    conditions += scope.on_partners(_c.partner_id)
    conditions += scope.of_processes(_c.process_key)
    if scope.products is not None:
        conditions.append(cells.deals_about(_c.deal_id, scope.products))
    return conditions


def took_part(scope: Scope) -> list[sa.ColumnElement[bool]]:
    """Say of hand-overs that somebody within a scope handed or took over."""
    sides: list[Any] = [*scope.of_managers(_c.from_id), *scope.of_managers(_c.to_id)]
    return [sa.or_(*sides)] if sides else []
