"""How many claims there are, what causes them, and how soon they are answered and resolved."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.reporting.domain.claims.facts import ClaimState
from services.reporting.domain.claims.report import ClaimFigures, Key, Times, claim_figures
from services.reporting.domain.period import month_of
from services.reporting.queries.claims.partners import survivor_keys
from services.reporting.queries.report import Report, origin, understand
from services.reporting.storage.claims.states import claim_states, reopenings
from services.reporting.storage.freshness import freshness


@dataclass(frozen=True, kw_only=True)
class ClaimReport(Report):
    """Ask for claims registered, resolved and reopened in the period, and for those open as of the moment."""

    group_by: Literal["CAUSE", "ROOT_CAUSE", "PRODUCT", "PARTNER", "MANAGER", "SEVERITY", "MONTH"] | None = None


_COLUMNS = {
    "CAUSE": "cause",
    "ROOT_CAUSE": "root_cause",
    "PRODUCT": "products",
    "PARTNER": "partner_id",
    "MANAGER": "manager_id",
    "SEVERITY": "severity",
}


def claim_report(query: ClaimReport, reading: Reading, actor: Actor) -> Json:
    """Give a row for each key, or one without a key where nothing is grouped by.

    Keys: cause, root cause, product, partner id (of those merged the one that survives), manager id, severity, as they are as of
    the moment; the month "2017-03" of what is counted, null for what is open. Null also for what has no such thing.
    Raise Refused for a period that ends before it begins.
    """
    fresh = freshness(reading.connection)
    asked = understand(query, reading, actor)
    rows = claim_figures(
        claim_states(
            reading.connection,
            asked.scope,
            asked.moment,
            asked.period,
            asked.cells,
            key=_COLUMNS.get(query.group_by or ""),
        ),
        reopenings(reading.connection, asked.moment, asked.period),
        period=asked.period,
        at=asked.moment.as_of,
        keys_of=_keys(query, reading),
    )
    if query.group_by is None and not rows:
        rows = [ClaimFigures(key=None)]
    return {**origin(asked, fresh.moment), "rows": [_row(row) for row in rows]}


def _keys(query: ClaimReport, reading: Reading) -> Callable[[ClaimState, datetime | None], Iterable[Key]]:
    match query.group_by:
        case "CAUSE":
            return lambda claim, _: [claim.cause]
        case "ROOT_CAUSE":
            return lambda claim, _: [claim.root_cause]
        case "PRODUCT":
            return lambda claim, _: dict.fromkeys(claim.products) or [None]
        case "PARTNER":
            survivor = survivor_keys(reading.connection)
            return lambda claim, _: [survivor(claim.partner_id)]
        case "MANAGER":
            return lambda claim, _: [str(claim.manager_id) if claim.manager_id else None]
        case "SEVERITY":
            return lambda claim, _: [claim.severity]
        case "MONTH":
            zone = reading.enterprise.zone
            return lambda _, when: [month_of(when, zone) if when else None]
        case None:
            return lambda _, __: [None]


def _row(row: ClaimFigures) -> dict[str, Any]:
    return {
        "key": row.key,
        "registered": row.registered,
        "resolved": row.resolved,
        "reopened": row.reopened,
        "open": row.open,
        "late": row.late,
        "first_response": _times(Times.of(row.first_responses)),
        "resolution": _times(Times.of(row.resolutions)),
        "first_response_compliance": row.first_response_compliance.to_json(),
        "resolution_compliance": row.resolution_compliance.to_json(),
    }


def _times(times: Times) -> dict[str, Any]:
    return {"count": times.count, "median_seconds": times.median, "p90_seconds": times.p90}
