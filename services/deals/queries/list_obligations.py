"""A page of obligations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.clock import day_of
from chassis.store.database import Reading
from chassis.store.paging import Order, PageRequest, page
from chassis.wire import Json
from services.deals.answers import obligation_json
from services.deals.domain.obligation import Debtor, ObligationKind, ObligationStatus
from services.deals.storage.ledgers import obligations_of
from services.deals.storage.merged import all_of
from services.deals.storage.reach import within_reach
from services.deals.storage.tables import deals, obligations
from services.deals.storage.valuing import due_or_today, valued

_DUE_FIRST = (Order(obligations.c.due_on), Order(obligations.c.id))


@dataclass(frozen=True, kw_only=True)
class ObligationFilter:
    """Which obligations: each field narrows further, an absent one does not; days are both included."""

    debtors: list[Debtor] | None = None
    kinds: list[ObligationKind] | None = None
    statuses: list[ObligationStatus] | None = None
    partner_ids: list[UUID] | None = None
    manager_ids: list[UUID] | None = None
    deal_ids: list[UUID] | None = None
    overdue: bool | None = None
    due_from: date | None = None
    due_to: date | None = None

    def conditions(self, today: date) -> list[sa.ColumnElement[bool]]:
        """Give the filter in SQL, as of a business day."""
        o, d = obligations.c, deals.c
        asked: list[tuple[sa.ColumnElement[Any], Sequence[Any] | None]] = [
            (o.debtor, self.debtors),
            (o.kind, self.kinds),
            (o.status, self.statuses),
            (d.partner_id, self.partner_ids),
            (d.manager_id, self.manager_ids),
        ]
        conditions: list[sa.ColumnElement[bool]] = [
            column.in_(values) for column, values in asked if values is not None
        ]
        if self.deal_ids is not None:
            conditions.append(o.deal_id.in_(all_of(self.deal_ids)))
        if self.overdue is not None:
            late = sa.and_(o.status == ObligationStatus.OPEN.value, o.due_on < today)
            conditions.append(late if self.overdue else sa.not_(late))
        if self.due_from is not None:
            conditions.append(o.due_on >= self.due_from)
        if self.due_to is not None:
            conditions.append(o.due_on <= self.due_to)
        return conditions


@dataclass(frozen=True, kw_only=True)
class ListObligations:
    """Ask for obligations that fit a filter, the first due first."""

    filter: ObligationFilter | None = None
    page: PageRequest = field(default_factory=PageRequest)


def list_obligations(query: ListObligations, reading: Reading, actor: Actor) -> Json:
    """Give a page of the obligations of deals within the actor's reach."""
    today = day_of(reading.now, reading.enterprise.zone)
    conditions = (query.filter or ObligationFilter()).conditions(today)
    select = (
        sa.select(obligations)
        .join(deals, deals.c.id == obligations.c.deal_id)
        .where(*conditions, *within_reach(actor, deals.c.manager_id))
    )
    rows: list[sa.Row[Any]] = []

    def taken(row: sa.Row[Any]) -> None:
        rows.append(row)

    found = page(reading.connection, select, _DUE_FIRST, query.page, taken)
    nodes = [obligation_json(one, today) for one in obligations_of(reading.connection, rows)]
    return {**found, "nodes": valued(reading, nodes, due_or_today(reading))}
