"""How many deals were opened, won and lost, bucket by bucket."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from chassis.actor import Actor
from chassis.clock import day_of
from chassis.errors import refuse
from chassis.store.database import Reading
from chassis.wire import Json
from services.reporting.domain.deals.over_time import Bucket, Buckets, TimeRow, over_time
from services.reporting.queries.deals.shapes import amounts_json
from services.reporting.queries.report import Days, Report, in_major_units, origin, understand
from services.reporting.storage.freshness import freshness


@dataclass(frozen=True, kw_only=True)
class OutcomesOverTime(Report):
    """Ask for outcomes in each bucket of a period; without an end it ends with the day of the moment."""

    bucket: Bucket


def outcomes_over_time(query: OutcomesOverTime, reading: Reading, actor: Actor) -> Json:
    """Give a row for each bucket, of the deals that the filter lets through at the moment of the report.

    Won and lost are closes that still hold at that moment; in progress is what was so at the end of the bucket. Raise Refused
    for a period without a beginning (REQUIRED), one that ends before it begins, or too many buckets (TOO_MANY_BUCKETS).
    """
    fresh = freshness(reading.connection)
    zone = reading.enterprise.zone
    days = query.period or Days()
    if days.first is None:
        raise refuse("REQUIRED", "say with which day the period begins", "period", "from")
    end = days.to or max(days.first, day_of(query.as_of or reading.now, zone) + timedelta(days=1))
    asked = understand(replace(query, period=Days(first=days.first, to=end)), reading, actor)
    buckets = Buckets.of(days.first, end, query.bucket, zone)
    rows = over_time(buckets, asked.cells.turns(buckets.bounds), asked.moment.as_of)
    currency = reading.enterprise.base_currency
    return {**origin(asked, fresh.moment), "rows": [_row(row, currency) for row in rows]}


def _row(row: TimeRow, currency: str) -> dict[str, Any]:
    return {
        "from": row.first,
        "to": row.end,
        "opened": row.opened,
        "won": row.won,
        "lost": row.lost,
        "in_progress": row.in_progress,
        "opened_amount": in_major_units(row.opened_amount, currency),
        "won_amount": in_major_units(row.won_amount, currency),
        "lost_amount": in_major_units(row.lost_amount, currency),
        "win_rate": row.win_rate.to_json(),
        "win_rate_by_amount": amounts_json(row.win_rate_by_amount, currency),
        "currency": currency,
        "unconverted": row.unconverted,
    }
