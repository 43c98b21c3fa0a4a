"""How fresh the figures are."""

from __future__ import annotations

from dataclasses import dataclass

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.reporting.storage import freshness as storage


@dataclass(frozen=True, kw_only=True)
class FreshnessReport:
    """Ask up to when everything is in the figures."""


def freshness(query: FreshnessReport, reading: Reading, actor: Actor) -> Json:
    """Give the moment up to which everything is included, and how far each source was heard."""
    fresh = storage.freshness(reading.connection)
    return {"freshness": fresh.moment, "as_of": reading.now, "sources": fresh.sources}
