"""Note that somebody was in touch about a deal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis.events import Heard
from chassis.store.database import Transaction
from services.deals.storage.activity import note_activity


@dataclass(frozen=True, kw_only=True)
class InteractionTold:
    """What this service reads of `interaction.registered`."""

    deal_ids: tuple[UUID, ...]
    started_at: datetime


def note_interaction(event: Heard, tx: Transaction) -> None:
    """Note activity of the deals that an interaction was about: who talks about a deal has not forgotten it."""
    told = event.read(InteractionTold)
    if told.deal_ids:
        note_activity(tx, told.deal_ids, told.started_at)
