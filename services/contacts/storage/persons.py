"""Reading contact persons for a change, and writing them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.store.database import Reading, Transaction
from services.contacts.domain.erasure import person_erased
from services.contacts.domain.external_ref import ExternalRef
from services.contacts.domain.person import ContactPerson
from services.contacts.domain.search import Entry, HitKind
from services.contacts.domain.text import search_key
from services.contacts.storage.changes import conflict
from services.contacts.storage.reach import persons_in_reach
from services.contacts.storage.search import SearchIndex
from services.contacts.storage.sql import REF, insert_new, ref_of, taken_by_others, update_by_id, with_refs
from services.contacts.storage.tables import contact_persons


class Persons:
    """The contact persons as one transaction sees them."""

    def __init__(self, tx: Transaction | Reading) -> None:
        self._connection = tx.connection

    def lock(
        self, person_id: UUID, actor: Actor, *, expected_version: int | None = None, named: str = "contactPerson"
    ) -> ContactPerson:
        """Read a person and hold it until the commit; raise Refused: NOT_FOUND, PERSON_ERASED or CONFLICT."""
        return self.read(person_id, actor, expected_version=expected_version, named=named, held=True)

    def read(
        self, person_id: UUID, actor: Actor, *, expected_version: int | None, named: str, held: bool = False
    ) -> ContactPerson:
        """Read a person; raise Refused: NOT_FOUND, PERSON_ERASED or CONFLICT."""
        read = sa.select(contact_persons).where(contact_persons.c.id == person_id, persons_in_reach(actor))
        row = self._connection.execute(read.with_for_update(key_share=True) if held else read).first()
        if row is None:
            raise refuse("NOT_FOUND", f"there is no contact person {person_id}", named)
        person = _person(row)
        if person.erased_at is not None:
            raise person_erased(named)
        if expected_version is not None and expected_version != person.version:
            raise conflict(self._connection, "contact person", person, expected_version)
        return person

    def lock_all(self, ids: Collection[UUID]) -> dict[UUID, ContactPerson]:
        """Read persons that are known to be there and hold them until the commit."""
        # in the order of ids, so that two commands never wait for each other
        read = (
            sa.select(contact_persons)
            .where(contact_persons.c.id.in_(ids))
            .order_by(contact_persons.c.id)
            .with_for_update(key_share=True)
        )
        return {row.id: _person(row) for row in self._connection.execute(read)}

    def by_refs(self, refs: Iterable[ExternalRef]) -> dict[ExternalRef, ContactPerson]:
        """Read the persons that came from elsewhere under these references and hold them until the commit."""
        # in the order of ids, so that two imports never wait for each other
        read = (
            sa.select(contact_persons)
            .where(with_refs(contact_persons, refs))
            .order_by(contact_persons.c.id)
            .with_for_update(key_share=True)
        )
        found = (_person(row) for row in self._connection.execute(read))
        return {person.external_ref: person for person in found if person.external_ref is not None}

    def add(self, new: Sequence[ContactPerson]) -> None:
        """Write new persons."""
        if new:
            self._connection.execute(contact_persons.insert(), [_row(person) for person in new])
            self._index(new)

    def add_all(self, new: Sequence[ContactPerson]) -> dict[ExternalRef, UUID]:
        """Write new persons but those whose reference is taken; give these, with the ids that have them."""
        insert_new(self._connection, contact_persons, [_row(person) for person in new], *REF)
        raced = taken_by_others(self._connection, contact_persons, new)
        self._index([person for person in new if person.external_ref not in raced])
        return raced

    def save(self, changed: Sequence[ContactPerson]) -> None:
        """Write persons that were read before."""
        update_by_id(self._connection, contact_persons, [_row(person) for person in changed])
        self._index(changed)

    def _index(self, written: Sequence[ContactPerson]) -> None:
        SearchIndex(self._connection).put(
            Entry(
                source_id=one.id,
                field=field,
                thing_id=one.id,
                kind=HitKind.CONTACT_PERSON,
                text=None if one.erased_at is not None else text,
            )
            for one in written
            for field, text in (("fullName", one.full_name), ("notes", one.notes))
        )


def _person(row: sa.Row[Any]) -> ContactPerson:
    return ContactPerson(
        id=row.id,
        version=row.version,
        full_name=row.full_name,
        birthday=row.birthday,
        notes=row.notes,
        time_zone=row.time_zone,
        external_ref=ref_of(row),
        erased_at=row.erased_at,
    )


def _row(person: ContactPerson) -> dict[str, Any]:
    return {
        "id": person.id,
        "version": person.version,
        "full_name": person.full_name,
        "name_search": search_key(person.full_name),
        "birthday": person.birthday,
        "notes": person.notes,
        "time_zone": person.time_zone,
        "external_system": person.external_ref.system if person.external_ref else None,
        "external_id": person.external_ref.id if person.external_ref else None,
        "erased_at": person.erased_at,
    }
