"""Say that a planned interaction will not take place."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.following_plans import follow_plan
from services.contacts.events import InteractionCancelled
from services.contacts.storage.interactions import Interactions, interaction_view
from services.contacts.storage.timeline import tell


@dataclass(frozen=True, kw_only=True)
class CancelInteraction:
    """Ask that a planned interaction be cancelled, and all that would follow it in its series where that is asked for."""

    interaction_id: UUID
    whole_series: bool = False
    expected_version: int | None = None
    reason: str | None = None


def cancel_interaction(command: CancelInteraction, tx: Transaction, actor: Actor) -> Json:
    """Cancel a planned interaction and answer it."""
    interactions = Interactions(tx)
    interaction = interactions.lock(command.interaction_id, actor, expected_version=command.expected_version)
    interaction = interaction.cancel(command.reason)
    interactions.save(interaction)
    follow_plan(interaction, tx, actor, whole_series=command.whole_series)
    tell(tx, InteractionCancelled.of(interaction, tx.now))
    return interaction_view(interaction)
