"""What is told of interactions: that there was one, with whom and about what; never what was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.events import Published
from services.contacts.domain.interaction import Direction, Interaction, InteractionKind
from services.contacts.domain.plan import Plan


@dataclass(frozen=True, kw_only=True)
class OfInteraction:
    """What every event of an interaction carries; `automatic` ones were written by no human."""

    interaction_id: UUID
    kind: InteractionKind
    direction: Direction
    automatic: bool
    partner_ids: tuple[UUID, ...]
    deal_ids: tuple[UUID, ...]
    claim_ids: tuple[UUID, ...]
    person_ids: tuple[UUID, ...]
    manager_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class InteractionRegistered(OfInteraction, Published, type="interaction.registered", subject="interaction_id"):
    """An interaction took place; one that was planned before has told of that."""

    started_at: datetime
    duration_seconds: int | None
    outcome: str | None

    @classmethod
    def of(cls, done: Interaction) -> InteractionRegistered:
        """Tell of one that took place."""
        return cls(**_of_interaction(done), **_took_place(done))


@dataclass(frozen=True, kw_only=True)
class InteractionCorrected(OfInteraction, Published, type="interaction.corrected", subject="interaction_id"):
    """What an interaction really was: this one stands in the place of the one that it corrects."""

    corrects_id: UUID
    started_at: datetime
    duration_seconds: int | None
    outcome: str | None

    @classmethod
    def of(cls, correction: Interaction, corrected: Interaction) -> InteractionCorrected:
        """Tell of one that corrects another."""
        return cls(**_of_interaction(correction), **_took_place(correction), corrects_id=corrected.id)


@dataclass(frozen=True, kw_only=True)
class InteractionPlanned(OfInteraction, Published, type="interaction.planned", subject="interaction_id"):
    """An interaction is to take place."""

    planned_start: datetime
    planned_end: datetime
    all_day: bool
    time_zone: str

    @classmethod
    def of(cls, interaction: Interaction, plan: Plan, at: datetime) -> InteractionPlanned:
        """Tell of a plan."""
        return cls(**_of_interaction(interaction), occurred_at=at, **_planned(plan))


@dataclass(frozen=True, kw_only=True)
class InteractionRescheduled(OfInteraction, Published, type="interaction.rescheduled", subject="interaction_id"):
    """A planned interaction is to take place at another time."""

    planned_start: datetime
    planned_end: datetime
    all_day: bool
    time_zone: str
    previous_start: datetime
    previous_end: datetime

    @classmethod
    def of(cls, interaction: Interaction, plan: Plan, before: Plan, at: datetime) -> InteractionRescheduled:
        """Tell of another time."""
        told = {**_planned(plan), "previous_start": before.start, "previous_end": before.end}
        return cls(**_of_interaction(interaction), occurred_at=at, **told)


@dataclass(frozen=True, kw_only=True)
class InteractionCancelled(OfInteraction, Published, type="interaction.cancelled", subject="interaction_id"):
    """A planned interaction will not take place."""

    @classmethod
    def of(cls, interaction: Interaction, at: datetime) -> InteractionCancelled:
        """Tell that nothing comes of a plan."""
        return cls(**_of_interaction(interaction), occurred_at=at)


@dataclass(frozen=True, kw_only=True)
class InteractionHandedOver(OfInteraction, Published, type="interaction.handed_over", subject="interaction_id"):
    """Another manager is to take part in a planned interaction."""

    old_manager_id: UUID
    new_manager_id: UUID

    @classmethod
    def of(cls, interaction: Interaction, old: UUID, new: UUID, at: datetime) -> InteractionHandedOver:
        """Tell who takes part in whose stead."""
        return cls(**_of_interaction(interaction), occurred_at=at, old_manager_id=old, new_manager_id=new)


def _of_interaction(interaction: Interaction) -> dict[str, Any]:
    links = interaction.links
    return {
        "sequence": interaction.version,
        "interaction_id": interaction.id,
        "kind": interaction.kind,
        "direction": interaction.direction,
        "automatic": interaction.automatic,
        "partner_ids": links.partner_ids,
        "deal_ids": links.deal_ids,
        "claim_ids": links.claim_ids,
        "person_ids": links.person_ids,
        "manager_ids": links.manager_ids,
    }


def _took_place(interaction: Interaction) -> dict[str, Any]:
    return {
        "occurred_at": interaction.at,
        "started_at": interaction.at,
        "duration_seconds": interaction.duration_seconds,
        "outcome": interaction.outcome.key if interaction.outcome else None,
    }


def _planned(plan: Plan) -> dict[str, Any]:
    return {
        "planned_start": plan.start,
        "planned_end": plan.end,
        "all_day": plan.all_day,
        "time_zone": plan.time_zone,
    }
