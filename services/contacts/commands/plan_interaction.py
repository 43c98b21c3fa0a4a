"""Plan an interaction."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.following_plans import PlanReminderInput, remind_of
from services.contacts.commands.interaction_inputs import (
    GuestInput,
    MentionInput,
    PlanInput,
    read_guests,
    read_links,
    read_mentions,
    read_plan,
)
from services.contacts.domain.interaction import Direction, InteractionKind, Links, Said, planned
from services.contacts.domain.problems import Problems
from services.contacts.events import InteractionPlanned
from services.contacts.storage.interactions import Interactions, interaction_view
from services.contacts.storage.timeline import tell


@dataclass(frozen=True, kw_only=True)
class PlanInteraction(PlanInput):
    """Ask that an interaction be planned."""

    kind: InteractionKind
    direction: Direction | None = None
    title: str | None = None
    text: str | None = None
    partner_ids: list[UUID] = field(default_factory=list)
    deal_ids: list[UUID] = field(default_factory=list)
    claim_ids: list[UUID] = field(default_factory=list)
    person_ids: list[UUID] = field(default_factory=list)
    manager_ids: list[UUID] = field(default_factory=list)
    guests: list[GuestInput] = field(default_factory=list)
    recurrence: str | None = None
    reminders: list[PlanReminderInput] = field(default_factory=list)
    mentions: list[MentionInput] = field(default_factory=list)


def plan_interaction(command: PlanInteraction, tx: Transaction, actor: Actor) -> Json:
    """Plan an interaction and answer it; raise Refused with everything that does not fit."""
    problems = Problems()
    about = Said(
        kind=command.kind, direction=command.direction, title=command.title, text=command.text, links=_links(command)
    )
    with problems.under():
        about = replace(about, links=read_links(about.links, tx, actor))
    with problems.under():
        plan = read_plan(command, tx)
    with problems.under():
        about = replace(about, guests=read_guests(command.guests, tx.enterprise.country))
    with problems.under():
        about = replace(about, mentions=read_mentions(command.mentions, tx, actor))
    problems.settle()
    interaction = planned(about, plan, by=actor.subject, now=tx.now, recurrence=command.recurrence)
    Interactions(tx).add(interaction)
    remind_of(interaction, command.reminders, tx, actor)
    tell(tx, InteractionPlanned.of(interaction, plan, tx.now))
    return interaction_view(interaction)


def _links(command: PlanInteraction) -> Links:
    return Links.of(
        partner_ids=command.partner_ids,
        deal_ids=command.deal_ids,
        claim_ids=command.claim_ids,
        person_ids=command.person_ids,
        manager_ids=command.manager_ids,
    )
