"""Say that a planned interaction took place."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from pydantic import AwareDatetime

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.following_plans import follow_plan
from services.contacts.commands.interaction_inputs import MentionInput, OutcomeInput, read_mentions, read_outcome
from services.contacts.domain.mention import Mention
from services.contacts.domain.problems import Problems
from services.contacts.events import InteractionRegistered
from services.contacts.storage.interactions import Interactions, interaction_view
from services.contacts.storage.timeline import tell


@dataclass(frozen=True, kw_only=True)
class CompleteInteraction:
    """Ask that a planned interaction be done; without a text the one it was planned with stays.

    Mentions are of the text that is given, else of the one that stays, whose own they replace.
    """

    interaction_id: UUID
    expected_version: int | None = None
    started_at: AwareDatetime | None = None
    duration_seconds: int | None = None
    text: str | None = None
    outcome: OutcomeInput | None = None
    mentions: list[MentionInput] = field(default_factory=list)


def complete_interaction(command: CompleteInteraction, tx: Transaction, actor: Actor) -> Json:
    """Make a planned interaction one that took place, and answer it; from then on its facts stay."""
    interactions = Interactions(tx)
    interaction = interactions.lock(command.interaction_id, actor, expected_version=command.expected_version)
    problems, outcome = Problems(), None
    mentions: tuple[Mention, ...] = ()
    with problems.under():
        outcome = read_outcome(command.outcome)
    with problems.under():
        mentions = read_mentions(command.mentions, tx, actor)
    with problems.under():
        interaction = interaction.complete(
            started_at=command.started_at,
            duration_seconds=command.duration_seconds,
            text=command.text,
            outcome=outcome,
            now=tx.now,
            mentions=mentions,
        )
    problems.settle()
    interactions.save(interaction)
    follow_plan(interaction, tx, actor)
    tell(tx, InteractionRegistered.of(interaction))
    return interaction_view(interaction)
