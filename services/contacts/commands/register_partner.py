"""Register a partner with whom to talk to there, how, and in whose name it signs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from pydantic import AwareDatetime

from chassis.actor import Actor
from chassis.errors import Problem, Refused
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.contact_book import add_legal_entities, add_persons
from services.contacts.commands.inputs import (
    ContactPersonInput,
    ContactPointInput,
    GivenPerson,
    LegalEntityInput,
    moment,
    read_legal_entities,
    read_persons,
    read_points,
    today,
)
from services.contacts.commands.interaction_inputs import OutcomeInput
from services.contacts.commands.register_interaction import WhatWasSaid, first_interaction, put_on_record
from services.contacts.domain.contact_point import ContactPoint
from services.contacts.domain.external_ref import ExternalRef
from services.contacts.domain.interaction import Direction, Interaction, InteractionKind
from services.contacts.domain.interest import Interest
from services.contacts.domain.legal_entity import LegalEntity
from services.contacts.domain.partner import Partner, Role
from services.contacts.domain.problems import Problems
from services.contacts.events import InterestRegistered, PartnerRegistered
from services.contacts.storage.assignment import Assignments
from services.contacts.storage.contact_points import ContactPoints
from services.contacts.storage.duplicate_pairs import look_for_duplicates
from services.contacts.storage.interests import Interests
from services.contacts.storage.partner_view import partner_view
from services.contacts.storage.partners import Partners
from services.contacts.storage.staff import Staff
from services.contacts.storage.timeline import tell


@dataclass(frozen=True, kw_only=True)
class FirstInteraction:
    """What was said at the first contact; now, if not said otherwise."""

    kind: InteractionKind
    direction: Direction | None = None
    occurred_at: AwareDatetime | None = None
    subject: str | None = None
    text: str | None = None
    outcome: OutcomeInput | None = None


@dataclass(frozen=True, kw_only=True)
class RegisterPartner:
    """Ask that a new partner be registered."""

    name: str
    roles: list[Role] = field(default_factory=lambda: [Role.PROSPECT])
    manager_id: UUID | None = None
    parent_id: UUID | None = None
    contact_points: list[ContactPointInput] = field(default_factory=list)
    contact_persons: list[ContactPersonInput] = field(default_factory=list)
    legal_entities: list[LegalEntityInput] = field(default_factory=list)
    source: str | None = None
    campaign: str | None = None
    interest: str | None = None
    interaction: FirstInteraction | None = None
    external_ref: ExternalRef | None = None
    occurred_at: datetime | None = None


def register_partner(command: RegisterPartner, tx: Transaction, actor: Actor) -> Json:
    """Register a partner and answer it: of whom the rules say, else of the manager who registers; raise Refused with everything that does not fit."""
    new = _read(command, tx, actor)
    partner = Assignments(tx).assigned(new.partner, [entity.country for entity in new.legal_entities])
    if partner.manager_id is None and actor.member_id is not None and Staff(tx.connection).has_manager(actor.member_id):
        partner = replace(partner, manager_id=actor.member_id)
    Partners(tx).add(partner)
    tell(tx, PartnerRegistered.of(partner))
    ContactPoints(tx, actor).add({partner.id: new.points})
    add_legal_entities(command.legal_entities, new.legal_entities, partner.id, tx)
    add_persons(new.persons, partner.id, tx, actor)
    if new.interest is not None:
        Interests(tx).add(new.interest)
        tx.emit(InterestRegistered.of(new.interest))
    if new.interaction is not None:
        put_on_record(new.interaction, tx)
    look_for_duplicates(tx, [partner.id])
    return partner_view(tx, partner.id)


@dataclass(frozen=True, kw_only=True)
class _NewPartner:
    partner: Partner
    points: tuple[ContactPoint, ...]
    persons: tuple[GivenPerson, ...]
    legal_entities: tuple[LegalEntity, ...]
    interest: Interest | None
    interaction: Interaction | None


def _read(command: RegisterPartner, tx: Transaction, actor: Actor) -> _NewPartner:
    problems = Problems()
    partner: Partner | None = None
    interest: Interest | None = None
    interaction: Interaction | None = None
    points: tuple[ContactPoint, ...] = ()
    persons: tuple[GivenPerson, ...] = ()
    entities: tuple[LegalEntity, ...] = ()
    with problems.under():
        entities = read_legal_entities(command.legal_entities, today(tx))
    # a phone without a country code belongs where the partner is registered, else where we are
    country = entities[0].country if entities else tx.enterprise.country
    with problems.under():
        at = moment(command.occurred_at, tx, actor)
        partner = Partner.register(
            name=command.name,
            roles=command.roles,
            at=at,
            manager_id=command.manager_id,
            parent_id=command.parent_id,
            source=command.source,
            interest=command.interest,
            external_ref=command.external_ref,
        )
        interest = _interest(command, partner, tx)
    with problems.under():
        Partners(tx).above(command.parent_id, actor)
    with problems.under():
        points = read_points(command.contact_points, country)
    with problems.under():
        persons = read_persons(command.contact_persons, country, today(tx))
    with problems.under("interaction"):
        if command.interaction is not None and partner is not None:
            interaction = _first_interaction(command.interaction, partner, persons, tx, actor)
    with problems.under():
        Staff(tx.connection).check_manager(command.manager_id, "manager")
    problems.settle()
    assert partner is not None
    return _NewPartner(
        partner=partner,
        points=points,
        persons=persons,
        legal_entities=entities,
        interest=interest,
        interaction=interaction,
    )


def _first_interaction(
    said: FirstInteraction, partner: Partner, persons: Sequence[GivenPerson], tx: Transaction, actor: Actor
) -> Interaction:
    """Make the first interaction with a partner and its persons; raise Refused with all that does not fit."""
    what = WhatWasSaid(
        kind=said.kind,
        direction=said.direction,
        title=said.subject,
        text=said.text,
        started_at=said.occurred_at,
        outcome=said.outcome,
    )
    try:
        return first_interaction(what, partner.id, [one.person.id for one in persons], tx, actor)
    except Refused as refusal:
        raise Refused(*map(_in_our_words, refusal.problems)) from refusal


def _in_our_words(problem: Problem) -> Problem:
    """Name the fields as the first interaction does, where an interaction by itself names them otherwise."""
    words = {"title": "subject", "startedAt": "occurredAt"}
    return replace(problem, field=tuple(words.get(part, part) for part in problem.field or ()))


def _interest(command: RegisterPartner, partner: Partner, tx: Transaction) -> Interest | None:
    """Make the first interest of what the partner came by and asked for, if anything is known of that."""
    if not (partner.source or partner.interest or (command.campaign or "").strip()):
        return None
    return Interest.register(
        partner.id,
        at=partner.registered_at,
        now=tx.now,
        source=partner.source,
        campaign=command.campaign,
        text=partner.interest,
    )
