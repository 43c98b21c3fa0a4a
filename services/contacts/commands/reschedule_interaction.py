"""Move a planned interaction to another time."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.following_plans import follow_plan
from services.contacts.commands.interaction_inputs import PlanInput, read_plan
from services.contacts.events import InteractionRescheduled
from services.contacts.storage.interactions import Interactions, interaction_view
from services.contacts.storage.timeline import tell


@dataclass(frozen=True, kw_only=True)
class RescheduleInteraction(PlanInput):
    """Ask that a planned interaction be moved; its length and its zone stay unless others are given."""

    interaction_id: UUID
    expected_version: int | None = None


def reschedule_interaction(command: RescheduleInteraction, tx: Transaction, actor: Actor) -> Json:
    """Move a planned interaction and answer it; at the time that it is planned for already nothing is written or told."""
    interactions = Interactions(tx)
    before = interactions.lock(command.interaction_id, actor, expected_version=command.expected_version)
    plan = read_plan(command, tx, zone=before.plan.time_zone if before.plan else None)
    if before.plan is not None and command.ends_at is None and command.ends_on is None:
        plan = plan.as_long_as(before.plan)
    after = before.reschedule(plan)
    if after != before and before.plan is not None:
        interactions.save(after)
        follow_plan(after, tx, actor)
        tell(tx, InteractionRescheduled.of(after, plan, before.plan, tx.now))
    return interaction_view(after)
