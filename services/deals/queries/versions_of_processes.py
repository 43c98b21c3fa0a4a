"""All versions of sales processes."""

from __future__ import annotations

from dataclasses import dataclass

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.answers import process_json
from services.deals.storage.processes import Processes


@dataclass(frozen=True, kw_only=True)
class VersionsOfProcesses:
    """Ask for the versions that share a key, for several keys."""

    keys: list[str]


def versions_of_processes(query: VersionsOfProcesses, reading: Reading, actor: Actor) -> Json:
    """Give for each key its versions, the newest first."""
    found = Processes(reading.connection).versions(query.keys)
    return {"versions": [[process_json(process) for process in found.get(key, [])] for key in query.keys]}
