"""Register a partner with whom to talk to there, how, and in whose name it signs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.inputs import (
    ContactPersonInput,
    ContactPointInput,
    LegalEntityInput,
    moment,
    read_legal_entities,
    read_persons,
    read_points,
)
from services.contacts.domain.contact_point import ContactPoint
from services.contacts.domain.external_ref import ExternalRef
from services.contacts.domain.legal_entity import LegalEntity
from services.contacts.domain.partner import Partner, Role
from services.contacts.domain.person import ContactPerson
from services.contacts.domain.problems import Problems
from services.contacts.events import PartnerRegistered
from services.contacts.storage.contact_book import ContactBook
from services.contacts.storage.partner_view import partner_view
from services.contacts.storage.partners import Partners
from services.contacts.storage.staff import Staff


@dataclass(frozen=True, kw_only=True)
class RegisterPartner:
    """Ask that a new partner be registered."""

    name: str
    roles: list[Role] = field(default_factory=lambda: [Role.PROSPECT])
    manager_id: UUID | None = None
    contact_points: list[ContactPointInput] = field(default_factory=list)
    contact_persons: list[ContactPersonInput] = field(default_factory=list)
    legal_entities: list[LegalEntityInput] = field(default_factory=list)
    source: str | None = None
    interest: str | None = None
    external_ref: ExternalRef | None = None
    occurred_at: datetime | None = None


def register_partner(command: RegisterPartner, tx: Transaction, actor: Actor) -> Json:
    """Register a partner and answer it; raise Refused with everything that does not fit."""
    new = _read(command, tx, actor)
    Partners(tx).add(new.partner)
    book = ContactBook(tx.connection)
    book.add_points({new.partner.id: new.points})
    book.add_persons(new.partner.id, new.persons)
    book.add_legal_entities(new.partner.id, new.legal_entities)
    tx.emit(PartnerRegistered.of(new.partner))
    return partner_view(tx.connection, new.partner.id)


@dataclass(frozen=True, kw_only=True)
class _NewPartner:
    partner: Partner
    points: tuple[ContactPoint, ...]
    persons: tuple[ContactPerson, ...]
    legal_entities: tuple[LegalEntity, ...]


def _read(command: RegisterPartner, tx: Transaction, actor: Actor) -> _NewPartner:
    problems = Problems()
    entities: tuple[LegalEntity, ...] = ()
    with problems.under():
        entities = read_legal_entities(command.legal_entities)
    # a phone without a country code belongs where the partner is registered, else where we are
    country = entities[0].country if entities else tx.enterprise.country
    with problems.under():
        at = moment(command.occurred_at, tx, actor)
        partner = Partner.register(
            name=command.name,
            roles=command.roles,
            at=at,
            manager_id=command.manager_id,
            source=command.source,
            interest=command.interest,
            external_ref=command.external_ref,
        )
    with problems.under():
        points = read_points(command.contact_points, country)
    with problems.under():
        persons = read_persons(command.contact_persons, country)
    with problems.under():
        Staff(tx.connection).check_manager(command.manager_id, "manager")
    problems.settle()
    return _NewPartner(partner=partner, points=points, persons=persons, legal_entities=entities)
