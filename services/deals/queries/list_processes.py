"""The sales processes in which deals can be opened."""

from __future__ import annotations

from dataclasses import dataclass

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.answers import process_json
from services.deals.storage.processes import Processes


@dataclass(frozen=True, kw_only=True)
class ListProcesses:
    """Ask for the sales processes."""


def list_processes(query: ListProcesses, reading: Reading, actor: Actor) -> Json:
    """Give the newest version of every process."""
    return {"nodes": [process_json(process) for process in Processes(reading.connection).all_current()]}
