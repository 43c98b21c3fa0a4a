"""Whom contact points and persons belong to: a partner, a person or a legal entity."""

from __future__ import annotations

from uuid import UUID

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.ids import kind_of
from chassis.store.database import Transaction
from services.contacts.commands.inputs import today
from services.contacts.domain.kinds import CONTACT_PERSON, LEGAL_ENTITY
from services.contacts.domain.legal_entity import LegalEntity
from services.contacts.domain.partner import Partner
from services.contacts.domain.person import ContactPerson
from services.contacts.storage.legal_entities import LegalEntities
from services.contacts.storage.linked_views import legal_entities_of_partners
from services.contacts.storage.partners import Partners
from services.contacts.storage.persons import Persons

Owner = Partner | ContactPerson | LegalEntity


def one_owner(**ids: UUID | None) -> UUID:
    """Give the one id that was given; raise Refused where it is none or several."""
    given = [id for id in ids.values() if id is not None]
    if len(given) != 1:
        names = " or ".join(name.removesuffix("_id").replace("_", " ") for name in ids)
        raise refuse("REQUIRED" if not given else "INVALID", f"name exactly one: a {names}", next(iter(ids)))
    return given[0]


def country_of(owner: Owner, tx: Transaction) -> str:
    """Tell where an owner's phone number without a country code is: where it is registered, else where we are."""
    if isinstance(owner, LegalEntity):
        return owner.country
    entities = legal_entities_of_partners(tx.connection, [owner.id], today(tx)).get(owner.id)
    return str(entities[0]["country"]) if entities else tx.enterprise.country


def lock_owner(owner_id: UUID, tx: Transaction, actor: Actor, *, expected_version: int | None = None) -> Owner:
    """Read an owner and hold it until the commit; raise Refused: NOT_FOUND, or CONFLICT for another version."""
    kind = kind_of(owner_id)
    if kind == CONTACT_PERSON:
        return Persons(tx).lock(owner_id, actor, expected_version=expected_version)
    if kind == LEGAL_ENTITY:
        return LegalEntities(tx).lock(owner_id, actor, expected_version=expected_version)
    return Partners(tx).lock(owner_id, actor, expected_version=expected_version)
