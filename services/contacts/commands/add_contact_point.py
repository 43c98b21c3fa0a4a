"""Add a way to reach a partner, a person or a legal entity."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.contact_point_list import answered, save_list
from services.contacts.commands.inputs import ContactPointInput
from services.contacts.commands.owners import country_of, lock_owner, one_owner
from services.contacts.domain.contact_point import with_point
from services.contacts.storage.contact_points import ContactPoints


@dataclass(frozen=True, kw_only=True)
class AddContactPoint(ContactPointInput):
    """Ask that a contact point be added to its one owner; `expected_version` is the owner's."""

    partner_id: UUID | None = None
    contact_person_id: UUID | None = None
    legal_entity_id: UUID | None = None
    expected_version: int | None = None


def add_contact_point(command: AddContactPoint, tx: Transaction, actor: Actor) -> Json:
    """Add a contact point and answer it; raise Refused with KNOWN_ALREADY where the owner has it."""
    owner_id = one_owner(
        partner_id=command.partner_id,
        contact_person_id=command.contact_person_id,
        legal_entity_id=command.legal_entity_id,
    )
    owner = lock_owner(owner_id, tx, actor, expected_version=command.expected_version)
    book = ContactPoints(tx, actor)
    known, point = book.of(owner_id), command.read(country_of(owner, tx))
    points = with_point(known, point)
    book.replace({owner_id: points})
    save_list(owner, known, points, tx, actor)
    return answered(point.id, tx)
