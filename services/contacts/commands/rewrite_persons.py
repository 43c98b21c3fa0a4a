"""Write the whole list of a partner's persons: who is known by the name keeps their id, who is missing has left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from services.contacts.commands.contact_book import add_persons, put_person, take_person_off
from services.contacts.commands.inputs import GivenPerson
from services.contacts.commands.saving import save_change
from services.contacts.domain.contact_point import ContactPoint, contact_list, recognise_points
from services.contacts.domain.links import PersonLink
from services.contacts.domain.person import ContactPerson, recognise_persons
from services.contacts.storage.changes import Lists
from services.contacts.storage.contact_points import ContactPoints, points_of, short
from services.contacts.storage.links import Links
from services.contacts.storage.persons import Persons


@dataclass(frozen=True, kw_only=True)
class _Listed:
    """A person on the list, with all that the list says of them."""

    person: ContactPerson
    link: PersonLink
    contact_points: tuple[ContactPoint, ...]

    def told(self, given: GivenPerson) -> _Listed:
        """Work in what a command says of the person; what it leaves open stays."""
        new, before = given.person, self.person
        person = replace(
            before,
            full_name=new.full_name,
            birthday=new.birthday or before.birthday,
            notes=new.notes or before.notes,
            time_zone=new.time_zone or before.time_zone,
        )
        link = replace(self.link, role=given.role or self.link.role, job_title=given.job_title)
        points = contact_list(recognise_points(self.contact_points, given.contact_points))
        return _Listed(person=person, link=link, contact_points=points)


def rewrite_persons(owner_id: UUID, given: Sequence[GivenPerson], day: date, tx: Transaction, actor: Actor) -> Lists:
    """Write the list where it differs, and give what it was and is, by its name."""
    known = _known(owner_id, day, tx)
    recognised = recognise_persons([one.person for one in known], [one.person for one in given])
    by_id = {one.person.id: one for one in known}
    staying = {recognised[one.person.id].id: one for one in given if one.person.id in recognised}
    after = {id: by_id[id].told(one) for id, one in staying.items()}
    new = [one for one in given if one.person.id not in recognised]
    order = [recognised[one.person.id].id if one.person.id in recognised else one.person.id for one in given]
    if not new and order == list(by_id) and after == by_id:
        return {}
    for id, before in by_id.items():
        if id not in after:
            take_person_off(before.person, before.link, max(day, before.link.valid_from or day), tx)
        else:
            _save(before, after[id], tx, actor)
    links = {id: one.link for id, one in after.items()}
    links |= {link.person_id: link for link in add_persons(new, owner_id, tx, actor)}
    Links(tx.connection).put_persons(owner_id, [links[id] for id in order], first_place=0)
    names = [one.person.full_name for one in known], [one.person.full_name for one in given]
    return {"contact_persons": names}


def _known(owner_id: UUID, day: date, tx: Transaction) -> list[_Listed]:
    links = Links(tx.connection).persons_of(owner_id, day)
    ids = [link.person_id for link in links]
    people, points = Persons(tx).lock_all(ids), points_of(tx.connection, ids, day)
    return [
        _Listed(person=people[link.person_id], link=link, contact_points=points.get(link.person_id, ()))
        for link in links
        if people[link.person_id].erased_at is None
    ]


def _save(before: _Listed, after: _Listed, tx: Transaction, actor: Actor) -> None:
    lists: dict[str, tuple[Any, Any]] = {}
    if after.contact_points != before.contact_points:
        ContactPoints(tx, actor).replace({after.person.id: after.contact_points})
        lists["contact_points"] = (short(before.contact_points), short(after.contact_points))
    person = save_change(before.person, after.person, lists, tx, actor)
    if after.link != before.link:
        put_person(person, after.link, tx)
