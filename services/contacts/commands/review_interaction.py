"""Note that someone has seen to an interaction."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.storage.interactions import Interactions, interaction_view


@dataclass(frozen=True, kw_only=True)
class ReviewInteraction:
    """Ask that an interaction be marked as seen to, or as still to be."""

    interaction_id: UUID
    expected_version: int | None = None
    reviewed: bool = True


def review_interaction(command: ReviewInteraction, tx: Transaction, actor: Actor) -> Json:
    """Mark an interaction and answer it; nothing is told, for it says nothing of what happened."""
    interactions = Interactions(tx)
    before = interactions.lock(command.interaction_id, actor, expected_version=command.expected_version)
    after = before.review(command.reviewed, tx.now)
    if after != before:
        interactions.save(after)
    return interaction_view(after)
