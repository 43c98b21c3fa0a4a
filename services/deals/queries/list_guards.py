"""The catalogue of guards."""

from __future__ import annotations

from dataclasses import dataclass

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.domain.guards import CATALOGUE


@dataclass(frozen=True, kw_only=True)
class ListGuards:
    """Ask for the catalogue."""


def list_guards(query: ListGuards, reading: Reading, actor: Actor) -> Json:
    """Give every guard that a stage may name, in the order of the catalogue, with its parameters."""
    return {
        "nodes": [
            {
                "name": guard.name,
                "description": guard.description,
                "parameters": [
                    {"name": one.name, "kind": one.kind, "description": one.description, "takes": one.takes}
                    for one in guard.parameters
                ],
            }
            for guard in CATALOGUE.values()
        ]
    }
