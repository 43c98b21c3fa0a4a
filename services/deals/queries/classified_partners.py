"""Which partners are classified clients."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.clock import day_of
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.storage.terms import partners_with_terms


@dataclass(frozen=True, kw_only=True)
class ClassifiedPartners:
    """Ask which partners are classified."""

    partner_ids: list[UUID]


def classified_partners(query: ClassifiedPartners, reading: Reading, actor: Actor) -> Json:
    """Tell, for each partner in order, whether sale terms for them (or a deal of theirs) are effective today."""
    today = day_of(reading.now, reading.enterprise.zone)
    classified = partners_with_terms(reading.connection, query.partner_ids, today)
    return {"classified": [partner_id in classified for partner_id in query.partner_ids]}
