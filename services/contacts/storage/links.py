"""Who belongs to whom: reading and writing the links of partners, legal entities and persons."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.ids import kind_of
from services.contacts.domain.kinds import PARTNER
from services.contacts.domain.links import EntityLink, EntityRole, PersonLink, PersonRole
from services.contacts.storage.sql import not_ended
from services.contacts.storage.tables import legal_entity_persons, partner_legal_entities, partner_persons


class Links:
    """The links as one transaction sees them."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def person(self, owner_id: UUID, person_id: UUID) -> PersonLink | None:
        """Read the link of a person to a partner or a legal entity, ended or not."""
        table, owner = _persons_of(owner_id)
        read = sa.select(table).where(owner == owner_id, table.c.person_id == person_id)
        row = self._connection.execute(read).first()
        return person_link(row, owner_id) if row is not None else None

    def persons_of(self, owner_id: UUID, day: date) -> list[PersonLink]:
        """Read the links of an owner's persons that have not ended on a day, in their order."""
        table, owner = _persons_of(owner_id)
        read = sa.select(table).where(owner == owner_id, not_ended(table, day)).order_by(table.c.place)
        return [person_link(row, owner_id) for row in self._connection.execute(read)]

    def put_persons(self, owner_id: UUID, links: Sequence[PersonLink], *, first_place: int | None = None) -> None:
        """Write links of an owner's persons, over those that stand for the same persons.

        From `first_place` on they stand in this order; without it, known ones stay in their places and new ones go to the end.
        """
        if not links:
            return
        table, owner = _persons_of(owner_id)
        staying = first_place is None
        if first_place is None:
            last = self._connection.execute(sa.select(sa.func.max(table.c.place)).where(owner == owner_id)).scalar()
            first_place = 0 if last is None else last + 1
        ids = [link.person_id for link in links]
        known = sa.select(table.c.person_id, table.c.place).where(owner == owner_id, table.c.person_id.in_(ids))
        places = {row.person_id: row.place for row in self._connection.execute(known)}
        rows = [
            {
                owner.name: owner_id,
                "person_id": link.person_id,
                "place": places[link.person_id] if staying and link.person_id in places else first_place + place,
                "role": link.role.value,
                "job_title": link.job_title,
                "valid_from": link.valid_from,
                "valid_to": link.valid_to,
            }
            for place, link in enumerate(links)
        ]
        for row in rows:
            if row["person_id"] in places:
                this = sa.and_(owner == owner_id, table.c.person_id == row["person_id"])
                self._connection.execute(table.update().where(this).values(row))
        new = [row for row in rows if row["person_id"] not in places]
        if new:
            self._connection.execute(table.insert(), new)

    def entity(self, partner_id: UUID, legal_entity_id: UUID) -> EntityLink | None:
        """Read the link of a legal entity to a partner, ended or not."""
        table = partner_legal_entities
        this = (table.c.partner_id == partner_id, table.c.legal_entity_id == legal_entity_id)
        row = self._connection.execute(sa.select(table).where(*this)).first()
        return entity_link(row) if row is not None else None

    def put_entities(self, partner_id: UUID, links: Sequence[EntityLink]) -> None:
        """Write links of a partner's legal entities, over those that stand for the same; new ones go to the end."""
        table = partner_legal_entities
        places = {
            row.legal_entity_id: row.place
            for row in self._connection.execute(sa.select(table).where(table.c.partner_id == partner_id))
        }
        end = max(places.values(), default=-1) + 1
        for link in links:
            row = {
                "partner_id": partner_id,
                "legal_entity_id": link.legal_entity_id,
                "place": places.get(link.legal_entity_id, end),
                "role": link.role.value,
                "valid_from": link.valid_from,
                "valid_to": link.valid_to,
            }
            if link.legal_entity_id in places:
                this = (table.c.partner_id == partner_id, table.c.legal_entity_id == link.legal_entity_id)
                self._connection.execute(table.update().where(*this).values(row))
            else:
                places[link.legal_entity_id] = end
                end += 1
                self._connection.execute(table.insert(), row)


def links_of_persons(connection: sa.Connection, person_ids: Collection[UUID]) -> dict[UUID, list[PersonLink]]:
    """Read all links of persons, those to partners first, ended ones last."""
    found: dict[UUID, list[PersonLink]] = {}
    for table, owner in ((partner_persons, "partner_id"), (legal_entity_persons, "legal_entity_id")):
        read = sa.select(table).where(table.c.person_id.in_(person_ids)).order_by(table.c[owner])
        for row in connection.execute(read):
            found.setdefault(row.person_id, []).append(person_link(row, row._mapping[owner]))
    return found


def links_of_entities(connection: sa.Connection, entity_ids: Collection[UUID]) -> dict[UUID, list[EntityLink]]:
    """Read all links of legal entities to partners."""
    table = partner_legal_entities
    read = sa.select(table).where(table.c.legal_entity_id.in_(entity_ids)).order_by(table.c.partner_id)
    found: dict[UUID, list[EntityLink]] = {}
    for row in connection.execute(read):
        found.setdefault(row.legal_entity_id, []).append(entity_link(row))
    return found


def person_link(row: Any, owner_id: UUID) -> PersonLink:
    """Read the link of a row."""
    return PersonLink(
        owner_id=owner_id,
        person_id=row.person_id,
        role=PersonRole(row.role),
        job_title=row.job_title,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def entity_link(row: Any) -> EntityLink:
    """Read the link of a row."""
    return EntityLink(
        partner_id=row.partner_id,
        legal_entity_id=row.legal_entity_id,
        role=EntityRole(row.role),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _persons_of(owner_id: UUID) -> tuple[sa.Table, sa.Column[Any]]:
    if kind_of(owner_id) == PARTNER:
        return partner_persons, partner_persons.c.partner_id
    return legal_entity_persons, legal_entity_persons.c.legal_entity_id
