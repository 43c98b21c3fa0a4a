"""Runs of the classification of clients: which there were, what each found, and who moved from class to class."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.store.database import Reading
from chassis.store.paging import Order, PageRequest, page
from chassis.wire import Json
from services.reporting.queries.clients.run_view import run_json
from services.reporting.queries.report import in_major_units, visible_managers
from services.reporting.storage.clients.managers import looked_after_by
from services.reporting.storage.tables import classification_runs, classified_clients

_r, _c = classification_runs.c, classified_clients.c
_NONE = ""
"""Stands in the database's order for no class."""


@dataclass(frozen=True, kw_only=True)
class ClassificationRunsByIds:
    """Ask for runs."""

    ids: list[UUID]


@dataclass(frozen=True, kw_only=True)
class ListClassificationRuns:
    """Ask for all runs."""

    page: PageRequest = field(default_factory=PageRequest)


@dataclass(frozen=True, kw_only=True)
class ClassifiedClients:
    """Ask for the clients of a run, of some classes only where these are named."""

    run_id: UUID
    abc: list[Literal["A", "B", "C"]] | None = None
    xyz: list[Literal["X", "Y", "Z"]] | None = None
    kinds: list[Literal["POTENTIAL", "ONE_TIME", "PERMANENT", "LOST"]] | None = None
    unclassified: bool | None = None
    page: PageRequest = field(default_factory=PageRequest)


@dataclass(frozen=True, kw_only=True)
class ClassMovements:
    """Ask who is in another class than in an earlier run, whoever came and went among them."""

    run_id: UUID
    since_id: UUID
    dimension: Literal["ABC", "XYZ", "KIND"] = "ABC"
    page: PageRequest = field(default_factory=PageRequest)


def classification_runs_by_ids(query: ClassificationRunsByIds, reading: Reading, actor: Actor) -> Json:
    """Give runs in the order of the ids, null for one that is not there."""
    rows = reading.connection.execute(sa.select(classification_runs).where(_r.id.in_(query.ids)))
    found = {row.id: run_json(dict(row._mapping)) for row in rows}
    return {"nodes": [found.get(id) for id in query.ids]}


def list_classification_runs(query: ListClassificationRuns, reading: Reading, actor: Actor) -> Json:
    """Give a page of runs, the newest first."""
    order = [Order(_r.id, descending=True)]  # ids begin with the time
    return page(
        reading.connection, sa.select(classification_runs), order, query.page, lambda row: run_json(dict(row._mapping))
    )


def classified_clients_of(query: ClassifiedClients, reading: Reading, actor: Actor) -> Json:
    """Give a page of the clients of a run that the actor sees, in the order of its measure; raise Refused for no run."""
    _require(reading, query.run_id, "run")
    conditions = [_c.run_id == query.run_id, *_seen(_c.partner_id, actor, reading)]
    for column, wanted in ((_c.abc, query.abc), (_c.xyz, query.xyz), (_c.kind, query.kinds)):
        if wanted is not None:
            conditions.append(column.in_(wanted))
    if query.unclassified is not None:
        conditions.append(_c.abc.is_(None) if query.unclassified else _c.abc.is_not(None))
    select = sa.select(classified_clients).where(*conditions)
    currency = reading.enterprise.base_currency
    return page(reading.connection, select, [Order(_c.place)], query.page, lambda row: _client(row, currency))


def class_movements(query: ClassMovements, reading: Reading, actor: Actor) -> Json:
    """Give how many clients went from each class to each, and a page of those who are in another one now.

    Null is no class; whoever is in one run only came from, or went to, no class. Raise Refused for what is no run.
    """
    for run_id, name in ((query.run_id, "run"), (query.since_id, "since")):
        _require(reading, run_id, name)
    both = _both(query).subquery()
    seen = _seen(both.c.partner_id, actor, reading)
    counted = sa.select(both.c.before, both.c.after, sa.func.count()).where(*seen).group_by(both.c.before, both.c.after)
    rows = sorted(tuple(row) for row in reading.connection.execute(counted))
    moved = sa.select(both).where(both.c.before != both.c.after, *seen)
    listed = page(reading.connection, moved, [Order(both.c.partner_id)], query.page, _movement)
    matrix = [{"before": before or None, "after": after or None, "clients": n} for before, after, n in rows]
    return {"matrix": matrix, **listed}


def _both(query: ClassMovements) -> sa.Select[Any]:
    """Select the class of each client in both runs, whichever run it is in."""
    column = {"ABC": _c.abc, "XYZ": _c.xyz, "KIND": _c.kind}[query.dimension]
    in_either = sa.select(
        _c.partner_id,
        sa.func.max(sa.case((_c.run_id == query.since_id, column), else_=_NONE)).label("before"),
        sa.func.max(sa.case((_c.run_id == query.run_id, column), else_=_NONE)).label("after"),
    )
    of = in_either.where(_c.run_id.in_([query.run_id, query.since_id])).group_by(_c.partner_id).subquery()
    return sa.select(
        of.c.partner_id,
        sa.func.coalesce(of.c.before, _NONE).label("before"),
        sa.func.coalesce(of.c.after, _NONE).label("after"),
    )


def _movement(row: sa.Row[Any]) -> Json:
    return {"partner_id": row.partner_id, "before": row.before or None, "after": row.after or None}


def _client(row: sa.Row[Any], currency: str) -> Json:
    return {
        "partner_id": row.partner_id,
        "place": row.place,
        "kind": row.kind,
        "abc": row.abc,
        "xyz": row.xyz,
        "recency_score": row.recency_score,
        "frequency_score": row.frequency_score,
        "monetary_score": row.monetary_score,
        "revenue": in_major_units(row.revenue, currency),
        "margin": in_major_units(row.margin, currency) if row.margin is not None else None,
        "orders": row.orders,
        "unconverted": row.unconverted,
        "days_since": row.days_since,
        "sub_periods": row.sub_periods,
        "variation": row.variation,
        "currency": currency,
    }


def _seen(partner_id: sa.ColumnElement[UUID], actor: Actor, reading: Reading) -> list[sa.ColumnElement[bool]]:
    managers = visible_managers(actor, reading)
    return [] if managers is None else [looked_after_by(partner_id, managers)]


def _require(reading: Reading, run_id: UUID, name: str) -> None:
    if reading.connection.execute(sa.select(_r.id).where(_r.id == run_id)).first() is None:
        raise refuse("NOT_FOUND", f"there is no classification run {run_id}", name)
