"""How long deals stand at the stages of a process."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.reporting.domain.deals.durations import Durations, places
from services.reporting.queries.deals.shapes import durations_json
from services.reporting.queries.report import Report, origin, require_family, understand
from services.reporting.storage.freshness import freshness


@dataclass(frozen=True, kw_only=True)
class StageDwell(Report):
    """Ask how long the deals created in the period stood at each stage of a process."""

    process_id: UUID


def stage_dwell(query: StageDwell, reading: Reading, actor: Actor) -> Json:
    """Give, for each stage of the newest version, all visits of each deal that has left it or is closed.

    Raise Refused as the funnel does.
    """
    fresh = freshness(reading.connection)
    newest = require_family(reading, query.process_id, query.known_at).newest
    asked = understand(query, reading, actor)
    told = {cell.key: Durations.of(cell) for cell in asked.cells.dwells(newest.key, asked.period, places)}
    return {
        **origin(asked, fresh.moment),
        "process_id": newest.process_id,
        "stages": [
            {
                "key": stage.key,
                "rank": stage.rank,
                "allowed_days": stage.allowed_days,
                "dwell": durations_json(told.get(stage.key, Durations())),
            }
            for stage in newest.stages
        ],
    }
