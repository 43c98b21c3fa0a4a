"""A page of sales targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.store.paging import Order, PageRequest, page
from chassis.wire import Json
from services.deals.answers import sales_target_json
from services.deals.domain.sales_target import Measure, TargetPeriod
from services.deals.storage.sales_targets import target_of, visible_to
from services.deals.storage.tables import sales_targets

_t = sales_targets.c
_NEWEST_FIRST = [Order(_t.first_on, descending=True), Order(_t.id, descending=True)]


@dataclass(frozen=True, kw_only=True)
class SalesTargetFilter:
    """Which targets: each field narrows further, an absent one does not; days are those on which their periods begin."""

    manager_ids: list[UUID] | None = None
    team_ids: list[UUID] | None = None
    measures: list[Measure] | None = None
    periods: list[TargetPeriod] | None = None
    begins_from: date | None = None
    begins_before: date | None = None
    include_withdrawn: bool | None = None

    def conditions(self) -> list[sa.ColumnElement[bool]]:
        """Give the filter in SQL."""
        asked: list[tuple[sa.ColumnElement[Any], Sequence[Any] | None]] = [
            (_t.manager_id, self.manager_ids),
            (_t.team_id, self.team_ids),
            (_t.measure, self.measures),
            (_t.period, self.periods),
        ]
        conditions: list[sa.ColumnElement[bool]] = [
            column.in_(values) for column, values in asked if values is not None
        ]
        if self.begins_from is not None:
            conditions.append(_t.first_on >= self.begins_from)
        if self.begins_before is not None:
            conditions.append(_t.first_on < self.begins_before)
        return conditions if self.include_withdrawn else [*conditions, _t.withdrawn_at.is_(None)]


@dataclass(frozen=True, kw_only=True)
class ListSalesTargets:
    """Ask for targets that fit a filter, those that begin last first."""

    filter: SalesTargetFilter | None = None
    page: PageRequest = field(default_factory=PageRequest)


def list_sales_targets(query: ListSalesTargets, reading: Reading, actor: Actor) -> Json:
    """Give a page of the targets of those within the actor's reach."""
    conditions = (query.filter or SalesTargetFilter()).conditions()
    select = sa.select(sales_targets).where(*visible_to(actor), *conditions)
    return page(reading.connection, select, _NEWEST_FIRST, query.page, lambda row: sales_target_json(target_of(row)))
