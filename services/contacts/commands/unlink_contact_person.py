"""Say that a person works for someone no more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.contact_book import take_person_off
from services.contacts.commands.inputs import today
from services.contacts.commands.owners import lock_owner, one_owner
from services.contacts.commands.saving import save_change
from services.contacts.storage.links import Links
from services.contacts.storage.merged import groups_of
from services.contacts.storage.person_view import person_view
from services.contacts.storage.persons import Persons


@dataclass(frozen=True, kw_only=True)
class UnlinkContactPerson:
    """Ask that a person's link to a partner or a legal entity end; `valid_to` is today if not given.

    `expected_version` is that of the partner or the legal entity.
    """

    contact_person_id: UUID
    partner_id: UUID | None = None
    legal_entity_id: UUID | None = None
    valid_to: date | None = None
    expected_version: int | None = None


def unlink_contact_person(command: UnlinkContactPerson, tx: Transaction, actor: Actor) -> Json:
    """End a person's link and answer them; raise Refused with NOT_FOUND where there is none that holds."""
    owner_id = one_owner(partner_id=command.partner_id, legal_entity_id=command.legal_entity_id)
    owner = lock_owner(owner_id, tx, actor, expected_version=command.expected_version)
    person = Persons(tx).lock(command.contact_person_id, actor)
    group = groups_of(tx.connection, [owner_id])[owner_id]
    links, day = Links(tx.connection), command.valid_to or today(tx)
    known = (links.person(one, person.id) for one in group)
    holding = (one for one in known if one is not None and (one.valid_to is None or one.valid_to > today(tx)))
    link = next(holding, None)
    if link is None:
        raise refuse("NOT_FOUND", "this person does not work there; nothing ends", "contactPerson")
    take_person_off(person, link, day, tx)
    save_change(owner, owner, {"contact_persons": (link, link.end(day))}, tx, actor)
    return person_view(tx, person.id)
