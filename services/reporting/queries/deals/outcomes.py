"""How many deals are won, lost and in progress."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.reporting.domain.deals.outcomes import OutcomeCell, OutcomeRow, regrouped
from services.reporting.domain.deals.outcomes import outcomes as outcome_rows
from services.reporting.queries.deals.groups import GroupPage
from services.reporting.queries.deals.shapes import amounts_json
from services.reporting.queries.report import Asked, Report, in_major_units, origin, understand
from services.reporting.storage.copies import sources
from services.reporting.storage.deals.cells import Grouping
from services.reporting.storage.freshness import freshness
from services.reporting.storage.merged_partners import survivors
from services.reporting.storage.segments import members

_MADE_OF = {"TEAM": Grouping.MANAGER, "SOURCE": Grouping.PARTNER, "SEGMENT": Grouping.PARTNER}


@dataclass(frozen=True, kw_only=True)
class OutcomesReport(Report):
    """Ask for outcomes by effective close date in the period, and for what is in progress as of the moment."""

    group_by: (
        Literal[
            "MONTH",
            "PROCESS",
            "MANAGER",
            "TEAM",
            "PRODUCT",
            "LOSS_REASON",
            "PARTNER",
            "SOURCE",
            "SEGMENT",
            "COMPETITOR",
        ]
        | None
    ) = None
    first: int | None = None
    after: str | None = None


def outcomes(query: OutcomesReport, reading: Reading, actor: Actor) -> Json:
    """Give a row for each key, or one without a key where nothing is grouped by.

    Keys: month "2017-03", process key, manager id, team id, product, loss reason, partner id, source, segment id; null for
    what has none (deals in progress have neither month, reason nor competitor). Merged partners are one. Raise Refused for a
    period that ends before it begins, or for more groups than one answer holds (TOO_MANY_GROUPS).
    """
    fresh = freshness(reading.connection)
    asked = understand(query, reading, actor)
    rows = GroupPage(first=query.first, after=query.after).of(outcome_rows(_cells(query, asked, reading)))
    if query.group_by is None and not rows:
        rows = [OutcomeRow(key=None)]
    currency = reading.enterprise.base_currency
    return {**origin(asked, fresh.moment), "rows": [_row(row, currency) for row in rows]}


def _cells(query: OutcomesReport, asked: Asked, reading: Reading) -> Iterable[OutcomeCell]:
    if query.group_by is None:
        return asked.cells.outcomes(asked.period, None)
    grouping = _MADE_OF.get(query.group_by) or Grouping(query.group_by)
    cells = asked.cells.outcomes(asked.period, grouping)
    keys = _keys(query.group_by, asked, reading)
    return regrouped(cells, lambda key: keys(UUID(key)) if key is not None else ()) if keys is not None else cells


def _keys(group_by: str, asked: Asked, reading: Reading) -> Callable[[UUID], Collection[str | None]] | None:
    """Tell under which keys a manager or partner counts; None where cells have them already."""
    connection = reading.connection
    match group_by:
        case "TEAM":
            teams = asked.organisation.team_of
            return lambda manager: _given(teams.get(manager))
        case "PARTNER" | "COMPETITOR":
            into = survivors(connection)
            return lambda partner: (str(into.get(partner, partner)),)
        case "SOURCE":
            came = sources(connection, asked.moment.known_at)
            return lambda partner: _given(came.get(partner))
        case "SEGMENT":
            into, belong = survivors(connection), defaultdict[UUID, set[str]](set)
            for segment_id, partner_id in connection.execute(members(asked.moment)):
                belong[into.get(partner_id, partner_id)].add(str(segment_id))
            return lambda partner: belong.get(into.get(partner, partner), ())
    return None


def _given(key: UUID | str | None) -> Collection[str]:
    return (str(key),) if key is not None else ()


def _row(row: OutcomeRow, currency: str) -> dict[str, Any]:
    return {
        "key": row.key,
        "won": row.won,
        "lost": row.lost,
        "in_progress": row.in_progress,
        "won_amount": in_major_units(row.won_amount, currency),
        "lost_amount": in_major_units(row.lost_amount, currency),
        "win_rate": row.win_rate.to_json(),
        "win_rate_by_amount": amounts_json(row.win_rate_by_amount, currency),
        "currency": currency,
        "unconverted": row.unconverted,
    }
