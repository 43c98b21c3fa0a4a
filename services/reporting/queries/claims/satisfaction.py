"""How satisfied clients are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.reporting.domain.claims.satisfaction import Answer, Request, Satisfaction, satisfaction_rows
from services.reporting.domain.period import month_of
from services.reporting.queries.claims.partners import survivor_keys
from services.reporting.queries.report import Report, origin, understand
from services.reporting.storage.claims.satisfaction import answers, requests
from services.reporting.storage.freshness import freshness

_Key = Callable[[Answer | Request], str | None]


@dataclass(frozen=True, kw_only=True)
class SatisfactionReport(Report):
    """Ask how satisfied clients were by what they answered, and how many of those who were asked in the period did."""

    group_by: Literal["MONTH", "MANAGER", "PARTNER", "SUBJECT"] | None = None


def satisfaction(query: SatisfactionReport, reading: Reading, actor: Actor) -> Json:
    """Give a row for each key, or one without a key where nothing is grouped by.

    Keys: month "2017-03" of the answer and of the request, manager id, partner id (of those merged the one that
    survives), what it is about; null for what has none. Raise Refused for a period that ends before it begins.
    """
    fresh = freshness(reading.connection)
    asked = understand(query, reading, actor)
    narrowed = (reading.connection, asked.scope, asked.moment, asked.period, asked.cells)
    key = _key(query, reading)
    rows = satisfaction_rows(
        ((key(one), one) for one in answers(*narrowed)), ((key(one), one) for one in requests(*narrowed))
    )
    if query.group_by is None and not rows:
        rows = [Satisfaction(key=None)]
    return {**origin(asked, fresh.moment), "rows": [satisfaction_json(row) for row in rows]}


def satisfaction_json(row: Satisfaction) -> dict[str, Any]:
    """Give what answers add up to in the shape of the wire."""
    return {
        "key": row.key,
        "csat": row.csat.to_json(),
        "nps": row.nps.to_json(),
        "promoters": row.promoters,
        "detractors": row.detractors,
        "response_rate": row.response_rate.to_json(),
    }


def _key(query: SatisfactionReport, reading: Reading) -> _Key:
    match query.group_by:
        case "MONTH":
            zone = reading.enterprise.zone
            return lambda one: month_of(one.answered_at if isinstance(one, Answer) else one.requested_at, zone)
        case "MANAGER":
            return lambda one: str(one.manager_id) if one.manager_id else None
        case "PARTNER":
            survivor = survivor_keys(reading.connection)
            return lambda one: survivor(one.partner_id)
        case "SUBJECT":
            return lambda one: one.about_kind
        case None:
            return lambda _: None
