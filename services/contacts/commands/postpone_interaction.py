"""Put off seeing to an interaction."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from pydantic import AwareDatetime

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.storage.interactions import Interactions, interaction_view


@dataclass(frozen=True, kw_only=True)
class PostponeInteraction:
    """Ask that seeing to an interaction be put off to a moment to come."""

    interaction_id: UUID
    expected_version: int | None = None
    until: AwareDatetime


def postpone_interaction(command: PostponeInteraction, tx: Transaction, actor: Actor) -> Json:
    """Put it off and answer the interaction; nothing is told, for it says nothing of what happened."""
    interactions = Interactions(tx)
    interaction = interactions.lock(command.interaction_id, actor, expected_version=command.expected_version)
    interaction = interaction.postpone(command.until, tx.now)
    interactions.save(interaction)
    return interaction_view(interaction)
