"""Why deals were lost, to whom, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal
from uuid import UUID

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.store.database import Reading
from chassis.store.paging import Order, PageRequest, page
from chassis.wire import Json
from services.reporting.domain.deals.losses import LossCell, LossRow, Lost, losses
from services.reporting.queries.deals.groups import MOST_GROUPS
from services.reporting.queries.deals.shapes import amounts_json
from services.reporting.queries.report import Report, in_major_units, origin, understand
from services.reporting.storage.deals.cells import Grouping
from services.reporting.storage.freshness import freshness
from services.reporting.storage.merged_partners import survivors, with_merged
from services.reporting.storage.tables import deal_states

By = Literal["LOSS_REASON", "COMPETITOR"]


@dataclass(frozen=True, kw_only=True)
class LossReport(Report):
    """Ask for the deals lost in the period, by reason or by competitor."""

    by: By


@dataclass(frozen=True, kw_only=True)
class LostDeals(Report):
    """Ask for the deals behind a row of the report; without a key, those of which no reason or competitor is known."""

    by: By
    key: str | None = None
    page: PageRequest = field(default_factory=PageRequest)


def loss_report(query: LossReport, reading: Reading, actor: Actor) -> Json:
    """Give a row for each reason or competitor, the most losses first, with where they were.

    Merged competitors are one. Raise Refused for a period that ends before it begins, or for too many competitors.
    """
    fresh = freshness(reading.connection)
    asked = understand(query, reading, actor)
    cells: Iterable[LossCell] = asked.cells.losses(asked.period, Grouping(query.by))
    if query.by == "COMPETITOR":
        into = {str(merged): str(last) for merged, last in survivors(reading.connection).items()}
        cells = [replace(cell, key=into.get(cell.key or "", cell.key)) for cell in cells]
    found = losses(cells)
    if len(found.rows) > MOST_GROUPS:
        raise refuse(
            "TOO_MANY_GROUPS", f"deals were lost to {len(found.rows)} competitors; narrow the filter", "filter"
        )
    currency = reading.enterprise.base_currency
    return {
        **origin(asked, fresh.moment),
        "currency": currency,
        **_lost(found.total, currency),
        "rows": [_row(row, found.total, currency) for row in found.rows],
    }


def lost_deals(query: LostDeals, reading: Reading, actor: Actor) -> Json:
    """Give a page of deal ids, the latest registered first; raise Refused as the report does."""
    asked = understand(query, reading, actor)
    keys: list[str | None] = [query.key]
    if query.by == "COMPETITOR" and query.key is not None:
        keys = [str(one) for one in with_merged(reading.connection, [UUID(query.key)])]
    found = asked.cells.lost_to(asked.period, Grouping(query.by), keys)
    order = [Order(deal_states.c.deal_id, descending=True)]
    return page(reading.connection, found, order, query.page, lambda row: row.deal_id)


def _row(row: LossRow, total: Lost, currency: str) -> Json:
    return {
        "key": row.key,
        **_lost(row.lost, currency),
        "share": row.share(total).to_json(),
        "amount_share": amounts_json(row.amount_share(total), currency),
        "stages": [
            {"process_id": at.process_id, "key": at.stage, **_lost(at.lost, currency)} for at in row.stages.values()
        ],
    }


def _lost(lost: Lost, currency: str) -> Json:
    return {"lost": lost.deals, "lost_amount": in_major_units(lost.base, currency), "unconverted": lost.unconverted}
