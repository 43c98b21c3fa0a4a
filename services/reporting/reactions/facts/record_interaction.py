"""Hear of an interaction that took place, or of what it really was."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from chassis.events import Heard
from chassis.store.database import Transaction
from services.reporting.storage.copies import keep
from services.reporting.storage.tables import interaction_facts, interaction_subjects


@dataclass(frozen=True, kw_only=True)
class InteractionHeard:
    """What reporting needs of an interaction; a correction names the one whose place it takes."""

    interaction_id: UUID
    automatic: bool
    manager_ids: list[UUID] = field(default_factory=list)
    partner_ids: list[UUID] = field(default_factory=list)
    deal_ids: list[UUID] = field(default_factory=list)
    corrects_id: UUID | None = None


def record_interaction(event: Heard, tx: Transaction) -> None:
    """Keep an interaction, with who took part and what it was about."""
    heard = event.read(InteractionHeard)
    managers: list[UUID | None] = [*heard.manager_ids] or [None]
    for place, manager_id in enumerate(managers):
        row = {
            "interaction_id": heard.interaction_id,
            "place": place,
            "occurred_at": event.occurred_at,
            "recorded_at": event.recorded_at,
            "manager_id": manager_id,
            "automatic": heard.automatic,
            "corrects_id": heard.corrects_id,
        }
        keep(tx.connection, interaction_facts, row)
    for thing_id in (*heard.partner_ids, *heard.deal_ids):
        keep(tx.connection, interaction_subjects, {"interaction_id": heard.interaction_id, "thing_id": thing_id})
