"""Unfinished and coming deals, by manager: what asks for attention, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.clock import day_of
from chassis.store.database import Reading
from chassis.store.paging import Order, PageRequest, page
from chassis.wire import Json
from services.reporting.domain.deals.attention import (
    Asking,
    Assessed,
    Counted,
    Day,
    ManagerRow,
    Reason,
    State,
    assess,
    by_manager,
)
from services.reporting.queries.report import Asked, Report, in_major_units, origin, understand
from services.reporting.storage.deals.around import around
from services.reporting.storage.freshness import freshness
from services.reporting.storage.tables import deal_states


@dataclass(frozen=True, kw_only=True)
class UnfinishedReport(Report):
    """Ask for the deals in progress at the moment, by manager; a period does not matter."""


@dataclass(frozen=True, kw_only=True)
class UnfinishedReportDeals(Report):
    """Ask for the deals behind a manager's row, or that of nobody: in a state, for any of some reasons."""

    manager_id: UUID | None = None
    state: State | None = None
    reasons: list[Reason] | None = None
    page: PageRequest = field(default_factory=PageRequest)


def unfinished_report(query: UnfinishedReport, reading: Reading, actor: Actor) -> Json:
    """Give a row for each manager who has deals in progress, the one with the most that need attention first."""
    fresh = freshness(reading.connection)
    asked = understand(query, reading, actor)
    currency = reading.enterprise.base_currency
    rows = by_manager(asked.cells.attention(_day(asked, reading)))
    return {
        **origin(asked, fresh.moment),
        "currency": currency,
        "rotting_days": reading.enterprise.rotting_days,
        "rows": [_row(row, asked, currency) for row in rows],
    }


def unfinished_report_deals(query: UnfinishedReportDeals, reading: Reading, actor: Actor) -> Json:
    """Give a page of deal ids with their reasons, the oldest deal first."""
    asked = understand(query, reading, actor)
    day, reasons = _day(asked, reading), frozenset(query.reasons) if query.reasons is not None else None
    asking = asked.cells.asking(day, Asking(manager_id=query.manager_id, state=query.state, reasons=reasons))
    order = [Order(deal_states.c.created_at), Order(deal_states.c.deal_id)]
    select = sa.select(deal_states.c.deal_id, deal_states.c.created_at).where(deal_states.c.deal_id.in_(asking))
    found = page(reading.connection, select, order, query.page, lambda row: row.deal_id)
    deals = asked.cells.unfinished(found["nodes"])
    known = around(reading.connection, asked.moment, deals)
    told = {deal.deal_id: _deal(assess(deal, known[deal.deal_id], day), asked) for deal in deals}
    return {**found, "nodes": [told[deal_id] for deal_id in found["nodes"]]}


def _day(asked: Asked, reading: Reading) -> Day:
    moment = asked.moment.as_of
    return Day(
        moment=moment,
        today=day_of(moment, reading.enterprise.zone),
        rotting_days=reading.enterprise.rotting_days,
    )


def _row(row: ManagerRow, asked: Asked, currency: str) -> dict[str, Any]:
    def shown(counted: Counted) -> Json:
        return {"count": counted.count, "amount": in_major_units(counted.amount, currency)}

    def all_shown(counts: Mapping[str, Counted]) -> Json:
        return {name.lower(): shown(counted) for name, counted in counts.items()}

    return {
        "manager_id": row.manager_id,
        "worked_on": shown(row.worked_on),
        "need_attention": shown(row.need_attention),
        "on_hold": shown(row.on_hold),
        "coming": shown(row.coming),
        "reasons": all_shown(row.reasons),
        "clients": all_shown(row.clients),
        "coming_clients": all_shown(row.coming_clients),
        "unconverted": row.unconverted,
        "oldest_age_days": (asked.moment.as_of - row.oldest).days if row.oldest is not None else None,
    }


def _deal(one: Assessed, asked: Asked) -> dict[str, Any]:
    dwell = one.deal.dwell(asked.moment.as_of)
    return {
        "deal_id": one.deal.deal_id,
        "state": one.state.value,
        "client_kind": one.around.client.value,
        "age_days": (asked.moment.as_of - one.deal.created_at).days,
        "dwell_days": dwell / timedelta(days=1) if dwell is not None else None,
        "allowed_dwell_days": one.around.allowed_days,
        "planned_start_on": one.deal.planned_start_on,
        "expected_close_on": one.deal.expected_close_on,
        "next_step_due_at": one.around.step_due_at,
        "reasons": [reason.value for reason in one.reasons],
    }
