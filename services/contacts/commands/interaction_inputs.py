"""The parts that commands about interactions take, and how they are checked against what there is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from pydantic import AwareDatetime

from chassis.actor import Actor
from chassis.clock import day_of
from chassis.errors import Problem, Refused, refuse
from chassis.store.database import Transaction
from services.contacts.domain.attachment import Attachment
from services.contacts.domain.contact_point import ContactPoint, ContactPointKind
from services.contacts.domain.erasure import person_erased
from services.contacts.domain.interaction import FURTHEST, Guest, LinkRole, Links
from services.contacts.domain.interaction_outcome import InteractionOutcome
from services.contacts.domain.mention import Mention
from services.contacts.domain.plan import Plan, known_zone
from services.contacts.domain.problems import Problems
from services.contacts.domain.text import optional_line
from services.contacts.storage.copies import partners_of_claims, partners_of_deals
from services.contacts.storage.reach import claims_in_reach, deals_in_reach, partners_in_reach, persons_in_reach
from services.contacts.storage.sql import not_ended
from services.contacts.storage.tables import claims, contact_persons, deals, managers, partner_persons, partners

_MOST_PARTS = 50
_WAYS = {ContactPointKind.PHONE: "phone", ContactPointKind.EMAIL: "email"}
"""The ways by which someone who is not known takes part."""


@dataclass(frozen=True, kw_only=True)
class GuestInput:
    """Someone who is not known here: by phone or by e-mail."""

    name: str | None = None
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, kw_only=True)
class AttachmentInput:
    """A file that is kept elsewhere; `size` in bytes."""

    name: str
    media_type: str
    size: int
    url: str
    sha256: str | None = None


@dataclass(frozen=True, kw_only=True)
class OutcomeInput:
    """What came of it."""

    key: str
    text: str | None = None


@dataclass(frozen=True, kw_only=True)
class MentionInput:
    """Where the text speaks of a person, start ≤ character < end, in the text as it is sent."""

    person_id: UUID
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class PlanInput:
    """When: from `starts_at` to `ends_at`, or whole days from `starts_on` to `ends_on`."""

    starts_at: AwareDatetime | None = None
    ends_at: AwareDatetime | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    time_zone: str | None = None


def read_plan(given: PlanInput, tx: Transaction, zone: str | None = None) -> Plan:
    """Read a plan for a time to come, by default in a time zone, or else the enterprise's; raise Refused."""
    name = given.time_zone or zone
    in_zone = known_zone(name, "timeZone") if name is not None else tx.enterprise.zone
    plan = _timed(given, given.starts_at, in_zone) if given.starts_at is not None else _whole_days(given, in_zone)
    return plan.require_ahead(tx.now, FURTHEST)


def _timed(given: PlanInput, start: datetime, zone: ZoneInfo) -> Plan:
    if given.starts_on is not None or given.ends_on is not None:
        raise refuse("INVALID", "startsOn and endsOn are for whole days; leave out startsAt, or these", "startsOn")
    return Plan.at(start, given.ends_at, zone)


def _whole_days(given: PlanInput, zone: ZoneInfo) -> Plan:
    if given.starts_on is None:
        raise refuse("REQUIRED", "say when: startsAt, or startsOn for a whole day", "startsAt")
    if given.ends_at is not None:
        raise refuse("INVALID", "endsAt goes with startsAt; whole days end with endsOn", "endsAt")
    return Plan.on(given.starts_on, given.ends_on, zone)


def read_outcome(given: OutcomeInput | None) -> InteractionOutcome | None:
    """Read an outcome, if there is one."""
    return InteractionOutcome.of(given.key, given.text) if given is not None else None


def read_guests(given: Sequence[GuestInput], country: str) -> tuple[Guest, ...]:
    """Read those who are not known; raise Refused with all that does not fit."""
    problems, guests = Problems(), list[Guest]()
    with problems.under("guests"):
        _check_number(given)
    for place, one in enumerate(given[:_MOST_PARTS]):
        with problems.under("guests", place):
            guests += _guest(one, country)
    problems.settle()
    return tuple(guests)


def _guest(given: GuestInput, country: str) -> list[Guest]:
    problems, found = Problems(), list[Guest]()
    name = None
    with problems.under():
        name = optional_line(given.name, "name")
    for kind, way in _WAYS.items():
        value = getattr(given, way)
        if value is None:
            continue
        try:
            point = ContactPoint.of(kind, value, country=country)
            found.append(Guest(name=name, kind=kind, value=point.value, original=point.original))
        except Refused as refusal:  # a contact point says "value" of what is a field of its own here
            with problems.under():
                raise Refused(*(replace(problem, field=(way,)) for problem in refusal.problems)) from refusal
    problems.settle()
    if not found:
        raise refuse("REQUIRED", "give the phone number or the e-mail address that was used", "phone")
    return found


def read_attachments(given: Sequence[AttachmentInput]) -> tuple[Attachment, ...]:
    """Read references to files; raise Refused with all that does not fit."""
    problems, files = Problems(), list[Attachment]()
    with problems.under("attachments"):
        _check_number(given)
    for place, one in enumerate(given[:_MOST_PARTS]):
        with problems.under("attachments", place):
            files.append(Attachment.of(one.name, one.media_type, one.size, one.url, one.sha256))
    problems.settle()
    return tuple(files)


def read_mentions(
    given: Sequence[MentionInput], tx: Transaction, actor: Actor, known: Collection[UUID] = ()
) -> tuple[Mention, ...]:
    """Read who is mentioned; raise Refused for persons who are not there, but for those known before."""
    asked = {one.person_id for one in given} - set(known)
    missing = asked - _ids(tx.connection, contact_persons, asked, persons_in_reach(actor))
    gone = _ids(tx.connection, contact_persons, asked, contact_persons.c.erased_at.is_not(None))
    problems = Problems()
    for place, one in enumerate(given):
        with problems.under("mentions", place):
            if one.person_id in missing:
                raise refuse("NOT_FOUND", f"there is no person {one.person_id}", "person")
            if one.person_id in gone:
                raise person_erased("person")
    problems.settle()
    return tuple(Mention(person_id=one.person_id, start=one.start, end=one.end) for one in given)


def read_links(given: Links, tx: Transaction, actor: Actor, known: Links | None = None) -> Links:
    """Check that what is named, and was not known before, is there for the actor, and complete it; raise Refused.

    Partners follow from deals, claims and persons; without managers it is the actor who took part. Whether deals and
    claims are there was asked of their services: here only those that are known to be out of reach are refused.
    """
    _check_there(given, known or Links(), tx, actor)
    connection = tx.connection
    theirs = partners_of_deals(connection, given.deal_ids) + partners_of_claims(connection, given.claim_ids)
    if not given.partner_ids and not theirs:
        theirs = _partners_of_persons(tx, given.person_ids)
    links = given.with_partners(theirs)
    return links if links.manager_ids else replace(links, manager_ids=who_took_part(connection, actor))


def who_took_part(connection: sa.Connection, actor: Actor) -> tuple[UUID, ...]:
    """Give the manager that the actor is, if they are one: who took part, where nobody is named."""
    if actor.member_id is None:
        return ()
    known = sa.select(managers.c.id).where(managers.c.id == actor.member_id)
    return tuple(connection.execute(known).scalars())


def _check_there(given: Links, known: Links, tx: Transaction, actor: Actor) -> None:
    asked = {role: set(getattr(given, role.ids)) - set(getattr(known, role.ids)) for role in LinkRole}
    ours = [
        (LinkRole.PARTNER, partners, partners_in_reach(actor)),
        (LinkRole.PERSON, contact_persons, persons_in_reach(actor)),
        (LinkRole.MANAGER, managers, sa.true()),
    ]
    missing = {role: asked[role] - _ids(tx.connection, table, asked[role], in_reach) for role, table, in_reach in ours}
    missing[LinkRole.DEAL] = hidden_deals(tx.connection, asked[LinkRole.DEAL], actor)
    missing[LinkRole.CLAIM] = _ids(tx.connection, claims, asked[LinkRole.CLAIM], ~claims_in_reach(actor))
    problems = [_not_found(role, place, id) for role, place, id in given if id in missing[role]]
    persons = asked[LinkRole.PERSON]
    gone = _ids(tx.connection, contact_persons, persons, contact_persons.c.erased_at.is_not(None))
    problems += [
        problem.under("persons", str(place))
        for role, place, id in given
        if role is LinkRole.PERSON and id in gone - missing[role]
        for problem in person_erased().problems
    ]
    if problems:
        raise Refused(*problems)


def hidden_deals(connection: sa.Connection, ids: Collection[UUID], actor: Actor) -> set[UUID]:
    """Tell which deals are known to be out of reach; whether the others are there was asked of their service."""
    return _ids(connection, deals, ids, ~deals_in_reach(actor))


def _ids(connection: sa.Connection, table: sa.Table, ids: Collection[UUID], where: sa.ColumnElement[bool]) -> set[UUID]:
    if not ids:
        return set()
    return set(connection.execute(sa.select(table.c.id).where(table.c.id.in_(ids), where)).scalars())


def _not_found(role: LinkRole, place: int, id: UUID) -> Problem:
    word = role.lower()
    return Problem(code="NOT_FOUND", message=f"there is no {word} {id}", field=(f"{word}s", str(place)))


def _partners_of_persons(tx: Transaction, person_ids: Sequence[UUID]) -> list[UUID]:
    if not person_ids:
        return []
    of, day = partner_persons, day_of(tx.now, tx.enterprise.zone)
    read = sa.select(of.c.partner_id).where(of.c.person_id.in_(person_ids), not_ended(of, day)).distinct()
    return list(tx.connection.execute(read).scalars())


def _check_number(given: Sequence[object]) -> None:
    if len(given) > _MOST_PARTS:
        raise refuse("TOO_MANY", f"at most {_MOST_PARTS} of these can belong to one interaction")
