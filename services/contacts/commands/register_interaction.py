"""Register what was said: a call, meeting, e-mail, message or note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from pydantic import AwareDatetime

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.interaction_inputs import (
    AttachmentInput,
    GuestInput,
    MentionInput,
    OutcomeInput,
    read_attachments,
    read_guests,
    read_links,
    read_mentions,
    read_outcome,
    who_took_part,
)
from services.contacts.domain.interaction import Direction, Interaction, InteractionKind, Links, Said, done
from services.contacts.domain.problems import Problems
from services.contacts.events import InteractionRegistered
from services.contacts.storage.interactions import Interactions, interaction_view
from services.contacts.storage.timeline import tell


@dataclass(frozen=True, kw_only=True)
class WhatWasSaid:
    """What every interaction that took place tells of itself, but whom it concerns; `started_at` is in the past."""

    kind: InteractionKind
    direction: Direction | None = None
    title: str | None = None
    text: str | None = None
    started_at: AwareDatetime | None = None
    duration_seconds: int | None = None
    outcome: OutcomeInput | None = None
    guests: list[GuestInput] = field(default_factory=list)
    attachments: list[AttachmentInput] = field(default_factory=list)
    automatic: bool = False
    mentions: list[MentionInput] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class RegisterInteraction(WhatWasSaid):
    """Ask that an interaction be put on record."""

    partner_ids: list[UUID] = field(default_factory=list)
    deal_ids: list[UUID] = field(default_factory=list)
    claim_ids: list[UUID] = field(default_factory=list)
    person_ids: list[UUID] = field(default_factory=list)
    manager_ids: list[UUID] = field(default_factory=list)


def register_interaction(command: RegisterInteraction, tx: Transaction, actor: Actor) -> Json:
    """Put an interaction on record and answer it; raise Refused with everything that does not fit."""
    problems, links = Problems(), links_of(command)
    with problems.under():
        links = read_links(links, tx, actor)
    interaction = read_done(command, links, tx, actor, problems)
    put_on_record(interaction, tx)
    return interaction_view(interaction)


def read_done(
    said: WhatWasSaid,
    links: Links,
    tx: Transaction,
    actor: Actor,
    problems: Problems,
    corrects_id: UUID | None = None,
) -> Interaction:
    """Make an interaction of what was said; raise Refused with all that does not fit, after the problems found before."""
    about = Said(
        kind=said.kind,
        direction=said.direction,
        title=said.title,
        text=said.text,
        links=links,
        automatic=said.automatic,
        started_at=said.started_at,
        duration_seconds=said.duration_seconds,
        corrects_id=corrects_id,
    )
    with problems.under():
        about = replace(about, guests=read_guests(said.guests, tx.enterprise.country))
    with problems.under():
        about = replace(about, attachments=read_attachments(said.attachments))
    with problems.under():
        about = replace(about, outcome=read_outcome(said.outcome))
    with problems.under():
        about = replace(about, mentions=read_mentions(said.mentions, tx, actor))
    if said.guests and not about.guests:  # whom it concerned is not known to be missing: it could not be read
        problems.settle()
    with problems.under():
        interaction = done(about, by=actor.subject, now=tx.now)
    problems.settle()
    return interaction


def put_on_record(interaction: Interaction, tx: Transaction) -> None:
    """Write and tell of an interaction that took place."""
    Interactions(tx).add(interaction)
    tell(tx, InteractionRegistered.of(interaction))


def first_interaction(
    said: WhatWasSaid, partner_id: UUID, person_ids: Sequence[UUID], tx: Transaction, actor: Actor
) -> Interaction:
    """Make the first interaction with a partner that is being registered, to be put on record once the partner is.

    Raise Refused with all that does not fit, before anything is written.
    """
    links = Links.of(
        partner_ids=[partner_id], person_ids=list(person_ids), manager_ids=who_took_part(tx.connection, actor)
    )
    return read_done(said, links, tx, actor, Problems())


def links_of(command: RegisterInteraction) -> Links:
    """Give what a command says an interaction concerns, as it was said."""
    return Links.of(
        partner_ids=command.partner_ids,
        deal_ids=command.deal_ids,
        claim_ids=command.claim_ids,
        person_ids=command.person_ids,
        manager_ids=command.manager_ids,
    )
