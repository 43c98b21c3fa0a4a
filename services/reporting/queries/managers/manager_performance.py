"""What each manager has done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.reporting.domain.managers.performance import Handed, ManagerRow, manager_rows
from services.reporting.domain.percentiles import middle
from services.reporting.queries.deals.shapes import amounts_json
from services.reporting.queries.report import Report, in_major_units, origin, understand
from services.reporting.storage.claims.resolved import claims_resolved
from services.reporting.storage.deals.cells import Grouping
from services.reporting.storage.freshness import freshness
from services.reporting.storage.managers.hand_overs import hand_overs_by_manager
from services.reporting.storage.managers.interactions import interactions_by_manager
from services.reporting.storage.managers.responses import responses
from services.reporting.storage.managers.tasks import tasks_by_manager

_KINDS = {"calls": "CALL", "meetings": "MEETING", "emails": "EMAIL", "messages": "MESSAGE", "notes": "NOTE"}
_DIRECTIONS = {"incoming": "IN", "outgoing": "OUT", "internal": "INTERNAL"}


@dataclass(frozen=True, kw_only=True)
class ManagerPerformance(Report):
    """Ask for the managers' results: closes, interactions, resolved claims and what became of tasks due in the period; deals in progress and overdue tasks as of the moment."""


def manager_performance(query: ManagerPerformance, reading: Reading, actor: Actor) -> Json:
    """Give a row for each manager who is credited with anything; raise Refused for a period that ends before it begins."""
    fresh = freshness(reading.connection)
    asked = understand(query, reading, actor)
    rows = manager_rows(
        asked.cells.outcomes(asked.period, Grouping.MANAGER),
        asked.cells.cycles(asked.period, Grouping.MANAGER, middle),
        claims_resolved(
            reading.connection, asked.scope, asked.moment, asked.period, asked.cells, reading.enterprise.zone
        ),
        interactions_by_manager(
            reading.connection, asked.scope, asked.moment, asked.period, asked.cells, reading.enterprise.zone
        ),
        tasks_by_manager(
            reading.connection, asked.scope, asked.moment, asked.period, asked.cells, reading.enterprise.zone
        ),
        responses(reading.connection, asked.scope, asked.moment, asked.period, asked.cells, reading.enterprise),
        hand_overs_by_manager(
            reading.connection, asked.scope, asked.moment, asked.period, asked.cells, reading.enterprise.zone
        ),
    )
    currency = reading.enterprise.base_currency
    return {**origin(asked, fresh.moment), "rows": [_row(row, currency) for row in rows]}


def _row(row: ManagerRow, currency: str) -> dict[str, Any]:
    return {
        "manager_id": row.manager_id,
        "won": row.won,
        "lost": row.lost,
        "in_progress": row.in_progress,
        "won_amount": in_major_units(row.won_amount, currency),
        "currency": currency,
        "unconverted": row.unconverted,
        "win_rate": row.win_rate.to_json(),
        "win_rate_by_amount": amounts_json(row.win_rate_by_amount, currency),
        "median_cycle_days": row.median_cycle_days,
        "interactions": row.interactions,
        "activities": {
            name: {way: row.activities[kind, direction] for way, direction in _DIRECTIONS.items()}
            for name, kind in _KINDS.items()
        },
        "response_times": {
            "count": row.answered,
            "median_seconds": row.response_median,
            "p90_seconds": row.response_p90,
        },
        "unanswered": row.unanswered,
        "handed_over": _handed(row.handed_over, currency),
        "taken_over": _handed(row.taken_over, currency),
        "overdue_tasks": row.overdue_tasks,
        "due_tasks": {"in_time": row.tasks_in_time, "late": row.tasks_late, "overdue": row.tasks_missed},
        "tasks_done_in_time": row.tasks_done_in_time.to_json(),
        "claims_resolved": row.claims_resolved,
        "claims_resolved_in_time": row.claims_resolved_in_time.to_json(),
        "claims_answered_in_time": row.claims_answered_in_time.to_json(),
    }


def _handed(handed: Handed, currency: str) -> dict[str, Any]:
    return {
        "deals": handed.deals,
        "amount": in_major_units(handed.amount, currency),
        "unconverted": handed.unconverted,
    }
