"""Correct what is on record of an interaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from pydantic import AwareDatetime

from chassis.actor import Actor
from chassis.ids import new_id
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.absent import ABSENT, Absent
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
)
from services.contacts.domain.attachment import Attachment
from services.contacts.domain.interaction import Direction, Interaction, InteractionKind, LinkRole, Links, Said, done
from services.contacts.domain.kinds import ATTACHMENT
from services.contacts.domain.problems import Problems
from services.contacts.events import InteractionCorrected
from services.contacts.storage.interactions import Interactions, interaction_view
from services.contacts.storage.timeline import tell


@dataclass(frozen=True, kw_only=True)
class CorrectInteraction:
    """Ask that an interaction be put right; what is not given is as it was, lists are given whole, None takes off.

    Another text has the mentions that are given with it, and no others.
    """

    interaction_id: UUID
    expected_version: int | None = None
    kind: InteractionKind | Absent = ABSENT
    direction: Direction | Absent = ABSENT
    title: str | Absent | None = ABSENT
    text: str | Absent | None = ABSENT
    started_at: AwareDatetime | Absent = ABSENT
    duration_seconds: int | Absent | None = ABSENT
    outcome: OutcomeInput | Absent | None = ABSENT
    partner_ids: list[UUID] | Absent = ABSENT
    deal_ids: list[UUID] | Absent = ABSENT
    claim_ids: list[UUID] | Absent = ABSENT
    person_ids: list[UUID] | Absent = ABSENT
    manager_ids: list[UUID] | Absent = ABSENT
    guests: list[GuestInput] | Absent = ABSENT
    attachments: list[AttachmentInput] | Absent = ABSENT
    automatic: bool | Absent = ABSENT
    mentions: list[MentionInput] | Absent = ABSENT


def correct_interaction(command: CorrectInteraction, tx: Transaction, actor: Actor) -> Json:
    """Put a new interaction in the place of one that took place, and answer it; the old one stays as it was."""
    interactions = Interactions(tx)
    before = interactions.lock(command.interaction_id, actor, expected_version=command.expected_version)
    said = _as_it_was(before)
    superseded = before.corrected_by(said.id)
    correction = done(_put_right(said, command, tx, actor), by=actor.subject, now=tx.now)
    interactions.save(superseded)
    interactions.add(correction)
    tell(tx, InteractionCorrected.of(correction, superseded))
    return interaction_view(correction)


def _as_it_was(before: Interaction) -> Said:
    return Said(
        kind=before.kind,
        direction=before.direction,
        title=before.title,
        text=before.text,
        links=before.links,
        guests=before.guests,
        attachments=tuple(_again(file) for file in before.attachments),
        automatic=before.automatic,
        started_at=before.started_at,
        duration_seconds=before.duration_seconds,
        outcome=before.outcome,
        corrects_id=before.id,
        mentions=before.mentions,
    )


def _again(file: Attachment) -> Attachment:
    return replace(file, id=new_id(ATTACHMENT))


def _put_right(said: Said, command: CorrectInteraction, tx: Transaction, actor: Actor) -> Said:
    plain = ("kind", "title", "text", "started_at", "duration_seconds", "automatic")
    given = {name: value for name in plain if (value := getattr(command, name)) is not ABSENT}
    if command.direction is not ABSENT:
        given["direction"] = command.direction
    elif "kind" in given and InteractionKind.NOTE in (given["kind"], said.kind) and given["kind"] is not said.kind:
        given["direction"] = None  # the way of a note is none that others go, nor the other way round
    problems = Problems()
    with problems.under():
        given["links"] = _links(said.links, command, tx, actor)
    if command.guests is not ABSENT:
        with problems.under():
            given["guests"] = read_guests(command.guests, tx.enterprise.country)
    if command.attachments is not ABSENT:
        with problems.under():
            given["attachments"] = read_attachments(command.attachments)
    if command.outcome is not ABSENT:
        with problems.under():
            given["outcome"] = read_outcome(command.outcome)
    if command.mentions is not ABSENT:
        with problems.under():
            known = {mention.person_id for mention in said.mentions}
            given["mentions"] = read_mentions(command.mentions, tx, actor, known)
    elif command.text is not ABSENT:
        given["mentions"] = ()
    problems.settle()
    return replace(said, **given)


def _links(before: Links, command: CorrectInteraction, tx: Transaction, actor: Actor) -> Links:
    given = {role.ids: ids for role in LinkRole if (ids := getattr(command, role.ids)) is not ABSENT}
    if not given:
        return before
    kept = {role.ids: getattr(before, role.ids) for role in LinkRole if role.ids not in given}
    return read_links(Links.of(**kept, **given), tx, actor, known=before)
