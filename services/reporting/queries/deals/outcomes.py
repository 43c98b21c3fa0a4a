"""How many deals are won, lost and in progress."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.reporting.domain.deals.outcomes import OutcomeCell, OutcomeRow
from services.reporting.domain.deals.outcomes import outcomes as outcome_rows
from services.reporting.domain.managers.teams import Organisation
from services.reporting.queries.report import Asked, Report, in_major_units, origin, understand
from services.reporting.storage.deals.cells import Grouping
from services.reporting.storage.freshness import freshness


@dataclass(frozen=True, kw_only=True)
class OutcomesReport(Report):
    """Ask for outcomes by effective close date in the period, and for what is in progress as of the moment."""

    group_by: Literal["MONTH", "PROCESS", "MANAGER", "TEAM", "PRODUCT", "LOSS_REASON"] | None = None


def outcomes(query: OutcomesReport, reading: Reading, actor: Actor) -> Json:
    """Give a row for each key, or one without a key where nothing is grouped by.

    Keys: month "2017-03", process key, manager id, team id, product, loss reason; null for what has none (deals in
    progress have neither month nor reason). Raise Refused for a period that ends before it begins.
    """
    fresh = freshness(reading.connection)
    asked = understand(query, reading, actor)
    rows = outcome_rows(_cells(query, asked))
    if query.group_by is None and not rows:
        rows = [OutcomeRow(key=None)]
    currency = reading.enterprise.base_currency
    return {**origin(asked, fresh.moment), "rows": [_row(row, currency) for row in rows]}


def _cells(query: OutcomesReport, asked: Asked) -> Iterable[OutcomeCell]:
    if query.group_by == "TEAM":
        return _by_team(asked.cells.outcomes(asked.period, Grouping.MANAGER), asked.organisation)
    return asked.cells.outcomes(asked.period, Grouping(query.group_by) if query.group_by else None)


def _by_team(by_manager: Iterable[OutcomeCell], organisation: Organisation) -> Iterator[OutcomeCell]:
    for cell in by_manager:
        team = organisation.team_of.get(UUID(cell.key)) if cell.key is not None else None
        yield replace(cell, key=str(team) if team is not None else None)


def _row(row: OutcomeRow, currency: str) -> dict[str, Any]:
    return {
        "key": row.key,
        "won": row.won,
        "lost": row.lost,
        "in_progress": row.in_progress,
        "won_amount": in_major_units(row.won_amount, currency),
        "lost_amount": in_major_units(row.lost_amount, currency),
        "win_rate": row.win_rate.to_json(),
        "currency": currency,
        "unconverted": row.unconverted,
    }
