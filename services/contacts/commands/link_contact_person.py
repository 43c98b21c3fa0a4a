"""Say for whom a person works, and as what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.contact_book import put_person
from services.contacts.commands.owners import lock_owner, one_owner
from services.contacts.commands.saving import save_change
from services.contacts.domain.links import PersonLink, PersonRole
from services.contacts.storage.links import Links
from services.contacts.storage.person_view import person_view
from services.contacts.storage.persons import Persons


@dataclass(frozen=True, kw_only=True)
class LinkContactPerson:
    """Ask that a person be linked to a partner or a legal entity; one that is linked already gets the new facts.

    `expected_version` is that of the partner or the legal entity.
    """

    contact_person_id: UUID
    partner_id: UUID | None = None
    legal_entity_id: UUID | None = None
    role: PersonRole | None = None
    job_title: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    expected_version: int | None = None


def link_contact_person(command: LinkContactPerson, tx: Transaction, actor: Actor) -> Json:
    """Link a person and answer them; where nothing differs nothing is written or told."""
    owner_id = one_owner(partner_id=command.partner_id, legal_entity_id=command.legal_entity_id)
    owner = lock_owner(owner_id, tx, actor, expected_version=command.expected_version)
    person = Persons(tx).lock(command.contact_person_id, actor)
    before = Links(tx.connection).person(owner_id, person.id)
    link = PersonLink.of(
        owner_id,
        person.id,
        role=command.role,
        job_title=command.job_title,
        valid_from=command.valid_from,
        valid_to=command.valid_to,
    )
    if link != before:
        put_person(person, link, tx)
        save_change(owner, owner, {"contact_persons": (before, link)}, tx, actor)
    return person_view(tx, person.id)
