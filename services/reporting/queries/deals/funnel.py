"""The funnel of a sales process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.reporting.domain.deals import funnel as figures
from services.reporting.domain.ratio import Ratio
from services.reporting.queries.report import Report, in_major_units, origin, require_family, understand
from services.reporting.storage.freshness import freshness


@dataclass(frozen=True, kw_only=True)
class FunnelReport(Report):
    """Ask for the funnel of a process, named by any version of it, over the deals created in the period."""

    process_id: UUID


def funnel(query: FunnelReport, reading: Reading, actor: Actor) -> Json:
    """Give the funnel; raise Refused for an unknown process (NOT_FOUND) or period (INVALID_PERIOD)."""
    fresh = freshness(reading.connection)
    family = require_family(reading, query.process_id, query.known_at)
    asked = understand(query, reading, actor)
    key, currency = family.newest.key, reading.enterprise.base_currency
    result = figures.funnel(family, asked.cells.funnel(key, asked.period))
    return {
        **origin(asked, fresh.moment),
        "process_id": family.newest.process_id,
        "process_key": key,
        "currency": currency,
        "unconverted": result.unconverted,
        "stages": [_stage(stage, currency) for stage in result.stages],
        "most_lost_at": result.most_lost_at,
    }


def _stage(stage: figures.StageFigures, currency: str) -> dict[str, Any]:
    return {
        "key": stage.key,
        "rank": stage.rank,
        "reached": stage.reached,
        "entered": stage.entered,
        "open": stage.open,
        "lost": stage.lost,
        "furthest_lost": stage.furthest_lost,
        "reached_amount": in_major_units(stage.reached_amount, currency),
        "lost_amount": in_major_units(stage.lost_amount, currency),
        "conversion": _json(stage.conversion),
        "mature_conversion": _json(stage.mature_conversion),
        "loss_share": _json(stage.loss_share),
        "hazard": _json(stage.hazard),
    }


def _json(ratio: Ratio | None) -> Json:
    return ratio.to_json() if ratio is not None else None
