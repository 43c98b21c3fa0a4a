"""Sales processes, as they are answered."""

from __future__ import annotations

from chassis.wire import Json
from services.deals.domain.process import Process


def process_json(process: Process) -> Json:
    """Give a version of a sales process."""
    return {
        "id": process.id,
        "key": process.key,
        "name": process.name,
        "russian_name": process.russian_name,
        "version": process.version,
        "control": process.control,
        "won_by": process.won_by,
        "stages": [
            {
                "key": stage.key,
                "name": stage.name,
                "russian_name": stage.russian_name,
                "rank": stage.rank,
                "probability": stage.probability,
                "guards": list(stage.guards),
            }
            for stage in process.stages
        ],
    }
