"""The funnel of a sales process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.reporting.domain.deals import funnel as figures
from services.reporting.domain.deals.durations import Durations, places
from services.reporting.domain.deals.family import Family
from services.reporting.domain.period import Period
from services.reporting.queries.deals.shapes import durations_json, ratio_json
from services.reporting.queries.report import Asked, Report, in_major_units, origin, require_family, understand
from services.reporting.storage.freshness import freshness


@dataclass(frozen=True, kw_only=True)
class FunnelReport(Report):
    """Ask for the funnel of a process, named by any version of it, over the deals created in the period.

    How long deals were at each stage is told where `dwell` is asked for.
    """

    process_id: UUID
    dwell: bool = False


def funnel(query: FunnelReport, reading: Reading, actor: Actor) -> Json:
    """Give the funnel; raise Refused for an unknown process (NOT_FOUND) or period (INVALID_PERIOD)."""
    fresh = freshness(reading.connection)
    family = require_family(reading, query.process_id, query.known_at)
    asked = understand(query, reading, actor)
    result = funnel_of(family, asked, asked.period, dwell=query.dwell)
    return {**origin(asked, fresh.moment), **funnel_json(family, result, reading.enterprise.base_currency)}


def funnel_of(family: Family, asked: Asked, cohort: Period, *, dwell: bool) -> figures.Funnel:
    """Work out the funnel of the deals created in a period."""
    key = family.newest.key
    result = figures.funnel(family, asked.cells.funnel(key, cohort))
    if dwell:
        told = {cell.key: Durations.of(cell) for cell in asked.cells.dwells(key, cohort, places)}
        for stage in result.stages:
            stage.dwell = told.get(stage.key, Durations())
    return result


def funnel_json(family: Family, result: figures.Funnel, currency: str) -> Json:
    """Give a funnel in the shape of the wire."""
    return {
        "process_id": family.newest.process_id,
        "process_key": family.newest.key,
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
        "conversion": ratio_json(stage.conversion),
        "mature_conversion": ratio_json(stage.mature_conversion),
        "loss_share": ratio_json(stage.loss_share),
        "hazard": ratio_json(stage.hazard),
        "dwell": durations_json(stage.dwell) if stage.dwell is not None else None,
    }
