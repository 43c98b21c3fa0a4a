"""Putting persons and legal entities to those they belong to: what several commands do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from services.contacts.commands.inputs import GivenPerson, LegalEntityInput
from services.contacts.domain.legal_entity import LegalEntity
from services.contacts.domain.links import EntityLink, PersonLink
from services.contacts.domain.person import ContactPerson
from services.contacts.events import LegalEntityRegistered, PersonLinked, PersonRegistered, PersonUnlinked
from services.contacts.storage.contact_points import ContactPoints
from services.contacts.storage.legal_entities import LegalEntities
from services.contacts.storage.links import Links
from services.contacts.storage.persons import Persons


def add_persons(given: Sequence[GivenPerson], owner_id: UUID, tx: Transaction, actor: Actor) -> list[PersonLink]:
    """Register persons who work for a partner or a legal entity, and give their links."""
    links = []
    for one in given:
        tx.emit(PersonRegistered.of(one.person, tx.now))
        link = PersonLink.of(owner_id, one.person.id, role=one.role, job_title=one.job_title)
        tx.emit(PersonLinked.of(one.person.next_version(), link, tx.now))
        links.append(link)
    Persons(tx).add([one.person.next_version() for one in given])
    ContactPoints(tx, actor).add({one.person.id: one.contact_points for one in given})
    Links(tx.connection).put_persons(owner_id, links)
    return links


def put_person(person: ContactPerson, link: PersonLink, tx: Transaction) -> ContactPerson:
    """Write a person's link, new or changed, and tell of it."""
    linked = person.next_version()
    Persons(tx).save([linked])
    Links(tx.connection).put_persons(link.owner_id, [link])
    tx.emit(PersonLinked.of(linked, link, tx.now))
    return linked


def take_person_off(person: ContactPerson, link: PersonLink, day: date, tx: Transaction) -> ContactPerson:
    """End a person's link on a day, and tell of it."""
    left = person.next_version()
    Persons(tx).save([left])
    Links(tx.connection).put_persons(link.owner_id, [link.end(day)])
    tx.emit(PersonUnlinked.of(left, link, tx.now))
    return left


def add_legal_entities(
    given: Sequence[LegalEntityInput], entities: Sequence[LegalEntity], partner_id: UUID, tx: Transaction
) -> None:
    """Put legal entities behind a new partner; one that is known by its tax id already is taken as it is."""
    ids = LegalEntities(tx).add(entities)
    for entity in entities:
        if ids[entity.id] == entity.id:
            tx.emit(LegalEntityRegistered.of(entity, tx.now))
    roles = {ids[entity.id]: one.role for one, entity in zip(given, entities, strict=True)}
    links = [EntityLink.of(partner_id, id, role=role) for id, role in roles.items()]
    Links(tx.connection).put_entities(partner_id, links)
