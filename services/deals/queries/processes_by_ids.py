"""Versions of sales processes by their ids."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.answers import process_json
from services.deals.storage.processes import Processes


@dataclass(frozen=True, kw_only=True)
class ProcessesByIds:
    """Ask for versions of sales processes."""

    ids: list[UUID]


def processes_by_ids(query: ProcessesByIds, reading: Reading, actor: Actor) -> Json:
    """Give the processes in the order of the ids; null for one that is not there."""
    found = Processes(reading.connection).find(query.ids)
    return {"nodes": [process_json(found[i]) if i in found else None for i in query.ids]}
