"""The funnels of two periods, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.reporting.domain.deals.comparison import COUNTS, Change, RatioChange, StageChanges, compare
from services.reporting.domain.period import Period
from services.reporting.queries.deals.funnel import funnel_json, funnel_of
from services.reporting.queries.deals.shapes import amounts_json, ratio_json
from services.reporting.queries.report import Days, Report, in_major_units, origin, require_family, understand
from services.reporting.storage.freshness import freshness


@dataclass(frozen=True, kw_only=True)
class FunnelComparison(Report):
    """Ask for the funnel of the deals created in the period, beside that of those created in another."""

    process_id: UUID
    compared_with: Days
    dwell: bool = False


def funnel_comparison(query: FunnelComparison, reading: Reading, actor: Actor) -> Json:
    """Give both funnels and what is different at each stage; raise Refused as the funnel does."""
    fresh = freshness(reading.connection)
    family = require_family(reading, query.process_id, query.known_at)
    asked = understand(query, reading, actor)
    other = query.compared_with
    cohort = Period.of_days(other.first, other.to, reading.enterprise.zone, "compared_with")
    now = funnel_of(family, asked, asked.period, dwell=query.dwell)
    before = funnel_of(family, asked, cohort, dwell=query.dwell)
    currency = reading.enterprise.base_currency
    when = origin(asked, fresh.moment)
    return {
        **when,
        "funnel": {**when, **funnel_json(family, now, currency)},
        "compared_with": {**when, **funnel_json(family, before, currency)},
        "process_id": family.newest.process_id,
        "stages": [_stage(changes, currency) for changes in compare(now, before)],
    }


def _stage(changes: StageChanges, currency: str) -> Json:
    return {
        "key": changes.key,
        **{
            name: _count(change) if name in COUNTS else _amount(change, currency)
            for name, change in changes.numbers.items()
        },
        **{name: _ratio(change) for name, change in changes.ratios.items()},
    }


def _count(change: Change) -> Json:
    return {
        "now": change.now,
        "before": change.before,
        "difference": change.difference,
        "ratio": change.ratio.to_json(),
    }


def _amount(change: Change, currency: str) -> Json:
    return {
        "now": in_major_units(change.now, currency),
        "before": in_major_units(change.before, currency),
        "difference": in_major_units(change.difference, currency),
        "ratio": amounts_json(change.ratio, currency),
    }


def _ratio(change: RatioChange) -> Json:
    return {
        "now": ratio_json(change.now),
        "before": ratio_json(change.before),
        "difference": change.difference,
    }
