"""How soon managers answered, read from counts for now and from waits for any moment."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.settings import Enterprise
from services.reporting.domain.managers.performance import ResponseCell
from services.reporting.domain.managers.responses import Wait, place_of, waits
from services.reporting.domain.percentiles import middle, tail
from services.reporting.domain.period import Period
from services.reporting.domain.spread import BRANCHES
from services.reporting.storage.deals.cells import Cells
from services.reporting.storage.deals.rolled_cells import credited
from services.reporting.storage.deals.spreads import spread
from services.reporting.storage.deals.stated_cells import within
from services.reporting.storage.descent import descend
from services.reporting.storage.managers.words import word_of
from services.reporting.storage.recount import counted_months
from services.reporting.storage.scope import Moment, Scope, among
from services.reporting.storage.spans import Spans, extent
from services.reporting.storage.tables import client_words, interaction_subjects, response_counts, response_waits

_c, _w, _n = client_words.c, response_waits.c, response_counts.c
_COUNTS = [sa.func.sum(_n[f"branch_{branch}"]) for branch in range(BRANCHES)] + [sa.func.sum(_n.waiting)]


def responses(
    connection: sa.Connection, scope: Scope, moment: Moment, period: Period, cells: Cells, enterprise: Enterprise
) -> list[ResponseCell]:
    """Tell how long clients waited who began to in a period, by whom they waited for, as known at a moment."""
    months = counted_months(scope, moment, period, enterprise.zone)
    if months is None:
        return _read(connection, scope, moment, period, cells, enterprise)
    spans = Spans(connection, enterprise.zone).fewest(months, [extent(_w.began_at)])
    roots, found = descend(_Rolled(connection, scope, spans, period), _places)
    return [
        ResponseCell(
            manager_id=str(key), answered=sum(counts[:BRANCHES]), values=found.get(key, {}), waiting=counts[BRANCHES]
        )
        for key, counts in roots.items()
    ]


def _places(count: int) -> Sequence[int]:
    return sorted({*middle(count), *tail(count)})


@dataclass(frozen=True, slots=True)
class _Rolled:
    """The tree of the waits that began in some spans of time, which make up a period."""

    connection: sa.Connection
    scope: Scope
    spans: Sequence[str]
    period: Period

    def counts(self, knots: Iterable[int], pairs: Iterable[tuple[Any, int]]) -> dict[tuple[Any, int], list[int]]:
        """Give the counts of knots, branch by branch, then how many still wait."""
        named = sa.tuple_(_n.credited, _n.knot).in_(sorted(pairs)) if pairs else _n.knot.in_(sorted(knots))
        statement = (
            sa.select(_n.credited, _n.knot, *_COUNTS)
            .where(named, _n.span.in_(self.spans), *credited(_n.credited, self.scope, each=True))
            .group_by(_n.credited, _n.knot)
        )
        return {(row[0], row[1]): [int(one) for one in row[2:]] for row in self.connection.execute(statement)}

    def leaves(self, wanted: set[tuple[Any, int]]) -> dict[tuple[Any, int], list[tuple[int, int]]]:
        """Give the waits in the leaves of managers, in their order, each with how often it occurs."""
        mine = sa.tuple_(_w.cell, _w.manager_id).in_(sorted((leaf, key) for key, leaf in wanted))
        statement = (
            sa.select(_w.manager_id, _w.took, sa.func.count())
            .where(mine, *within(_w.began_at, self.period))
            .group_by(_w.manager_id, _w.took)
            .order_by(_w.took)
        )
        found: dict[tuple[Any, int], list[tuple[int, int]]] = defaultdict(list)
        for key, took, count in self.connection.execute(statement):
            found[key, place_of(took)].append((took, count))
        return found


def _read(
    connection: sa.Connection, scope: Scope, moment: Moment, period: Period, cells: Cells, enterprise: Enterprise
) -> list[ResponseCell]:
    """Read the waits of a moment.

    Whatever happened after the moment, or after all that was known, is left off: what was before stays as it is told now. Only of
    clients of whom something was heard late or corrected later, the waits are worked out of what was known.
    """
    disturbed = _disturbed(connection, moment)
    end = moment.as_of if moment.known_at is None else min(moment.as_of, moment.known_at)
    conditions = [_w.began_at <= end, *within(_w.began_at, period), *_scoped(_w, scope, cells)]
    if disturbed:
        conditions.append(~_w.partner_id.in_(_partners(connection, disturbed)))
    ended = _w.answered_at <= end  # null, while they wait
    again = _again(connection, scope, moment, period, cells, disturbed)
    took = [(str(one.manager_id), one.took(enterprise.calendar)) for one in again if one.answered_at is not None]
    values = sa.select(_w.manager_id.label("key"), _w.took.label("value")).where(*conditions, ended)
    found = spread(connection, values, _places, [(key, value) for key, value in took if value is not None])
    waiting = Counter(str(one.manager_id) for one in again if one.answered_at is None)
    statement = (
        sa.select(_w.manager_id, sa.func.count())
        .where(*conditions, sa.or_(_w.answered_at.is_(None), _w.answered_at > end))
        .group_by(_w.manager_id)
    )
    waiting.update({str(manager_id): count for manager_id, count in connection.execute(statement)})
    answered = {cell.key: cell for cell in found if cell.key is not None}
    return [
        ResponseCell(
            manager_id=key,
            answered=answered[key].deals if key in answered else 0,
            values=answered[key].values if key in answered else {},
            waiting=waiting[key],
        )
        for key in sorted({*answered, *waiting})
    ]


def _disturbed(connection: sa.Connection, moment: Moment) -> list[UUID]:
    """Name the clients of whom something that had happened was not known yet, or not yet corrected, or known before it happened."""
    if moment.known_at is None:
        return []
    unknown = sa.and_(_c.occurred_at <= moment.known_at, _c.recorded_at > moment.known_at)
    early = sa.and_(_c.occurred_at > moment.known_at, _c.recorded_at <= moment.known_at)
    late = sa.or_(unknown, early, _c.corrected_at > moment.known_at)
    return list(
        connection.execute(sa.select(_c.partner_id).where(late, _c.occurred_at <= moment.as_of).distinct()).scalars()
    )


def _again(
    connection: sa.Connection, scope: Scope, moment: Moment, period: Period, cells: Cells, partners: Sequence[UUID]
) -> list[Wait]:
    """Work out the waits of some clients from what was known of them."""
    if not partners:
        return []
    stood = sa.or_(_c.corrected_at.is_(None), _c.corrected_at > moment.known_at)
    asked = replace(scope, managers=None, products=None)  # somebody else may have answered, about something else
    of_clients = asked.on(_c.manager_id, _c.partner_id)
    statement = sa.select(client_words).where(
        among(connection, _c.partner_id, partners), stood, *moment.until(client_words), *of_clients
    )
    said = defaultdict(list)
    for row in connection.execute(statement):
        said[row.partner_id].append(word_of(row))
    found = [
        wait
        for words in said.values()
        for wait in waits(words)
        if wait.began_at in period and (scope.managers is None or wait.manager_id in scope.managers)
    ]
    if scope.products is None:
        return found
    ids = [wait.interaction_id for wait in found]
    about = sa.select(_c.interaction_id).where(among(connection, _c.interaction_id, ids), *_about(_c, scope, cells))
    kept = set(connection.execute(about).scalars())
    return [wait for wait in found if wait.interaction_id in kept]


def _partners(connection: sa.Connection, ids: Sequence[UUID]) -> sa.Select[tuple[UUID]]:
    return sa.select(_c.partner_id).where(among(connection, _c.partner_id, ids))


def _scoped(columns: Any, scope: Scope, cells: Cells) -> list[sa.ColumnElement[bool]]:
    return [*scope.on(columns.manager_id, columns.partner_id), *_about(columns, scope, cells)]


def _about(columns: Any, scope: Scope, cells: Cells) -> list[sa.ColumnElement[bool]]:
    """Narrow by the products of the deals that a client wrote about."""
    if scope.products is None:
        return []
    about = interaction_subjects.alias()
    mine = about.c.interaction_id == columns.interaction_id
    return [sa.exists().where(mine, cells.deals_about(about.c.thing_id, scope.products))]
