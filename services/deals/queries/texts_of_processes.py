"""Sales processes as texts: YAML for people to keep, Mermaid for pages to draw."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.answers.process_yaml import definition_yaml
from services.deals.domain.definition import Definition
from services.deals.domain.diagram import diagram
from services.deals.storage.processes import Processes


@dataclass(frozen=True, kw_only=True)
class TextsOfProcesses:
    """Ask for the texts of versions of processes."""

    ids: list[UUID]


def texts_of_processes(query: TextsOfProcesses, reading: Reading, actor: Actor) -> Json:
    """Give the texts in the order of the ids; null for a version that is not there."""
    found = Processes(reading.connection).find(query.ids)
    texts = {
        process.id: {"diagram": diagram(definition), "definition": definition_yaml(definition)}
        for process in found.values()
        for definition in [Definition.of(process)]
    }
    return {"nodes": [texts.get(process_id) for process_id in query.ids]}
