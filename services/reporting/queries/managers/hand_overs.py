"""Deals that went from one manager to another."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.store.paging import Order, PageRequest, page
from chassis.wire import Json
from services.reporting.queries.report import Report, in_major_units, understand
from services.reporting.storage.managers.hand_overs import hand_overs_within, took_part
from services.reporting.storage.tables import hand_over_facts

_c = hand_over_facts.c


@dataclass(frozen=True, kw_only=True)
class HandOvers(Report):
    """Ask for the hand-overs in a period."""

    page: PageRequest = field(default_factory=PageRequest)


def hand_overs(query: HandOvers, reading: Reading, actor: Actor) -> Json:
    """Give a page of hand-overs, the latest first, in which any manager within the filter and the caller's reach took part."""
    asked = understand(query, reading, actor)
    conditions = hand_overs_within(asked.scope, asked.moment, asked.period, asked.cells)
    select = sa.select(hand_over_facts).where(*conditions, *took_part(asked.scope))
    order = [Order(_c.occurred_at, descending=True), Order(_c.deal_id, descending=True)]
    order.append(Order(_c.sequence, descending=True))
    currency = reading.enterprise.base_currency
    return page(reading.connection, select, order, query.page, lambda row: _shown(row, currency))


def _shown(row: sa.Row[Any], currency: str) -> Json:
    return {
        "deal_id": row.deal_id,
        "at": row.occurred_at,
        "from_id": row.from_id,
        "to_id": row.to_id,
        "amount": None if row.unconverted else in_major_units(row.base_minor, currency),
        "currency": currency,
    }
