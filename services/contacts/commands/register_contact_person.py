"""Register a contact person, for a partner, for a legal entity, or by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.contact_book import add_persons
from services.contacts.commands.inputs import ContactPersonInput, GivenPerson, read_person, today
from services.contacts.commands.owners import Owner, lock_owner, one_owner
from services.contacts.commands.saving import save_change
from services.contacts.domain.problems import Problems
from services.contacts.events import PersonRegistered
from services.contacts.storage.contact_points import ContactPoints
from services.contacts.storage.person_view import person_view
from services.contacts.storage.persons import Persons


@dataclass(frozen=True, kw_only=True)
class RegisterContactPerson(ContactPersonInput):
    """Ask that a person be registered; with an owner they work there from the beginning."""

    partner_id: UUID | None = None
    legal_entity_id: UUID | None = None


def register_contact_person(command: RegisterContactPerson, tx: Transaction, actor: Actor) -> Json:
    """Register a person and answer them; raise Refused with everything that does not fit."""
    problems = Problems()
    owner: Owner | None = None
    given: GivenPerson | None = None
    with problems.under():
        given = read_person(command, tx.enterprise.country, today(tx))
    if command.partner_id is not None or command.legal_entity_id is not None:
        with problems.under():
            owner_id = one_owner(partner_id=command.partner_id, legal_entity_id=command.legal_entity_id)
            owner = lock_owner(owner_id, tx, actor)
    problems.settle()
    assert given is not None
    if owner is None:
        Persons(tx).add([given.person])
        ContactPoints(tx, actor).add({given.person.id: given.contact_points})
        tx.emit(PersonRegistered.of(given.person, tx.now))
    else:
        add_persons([given], owner.id, tx, actor)
        save_change(owner, owner, {"contact_persons": (None, given.person.full_name)}, tx, actor)
    return person_view(tx, given.person.id)
