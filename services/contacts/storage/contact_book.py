"""Contact points, contact persons and legal entities of partners."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.contacts.domain.contact_point import ContactPoint, ContactPointKind
from services.contacts.domain.legal_entity import LegalEntity
from services.contacts.domain.person import ContactPerson
from services.contacts.storage.sql import insert_new
from services.contacts.storage.tables import contact_persons, contact_points, legal_entities, partner_legal_entities

_LEGAL_KEY = ("country", "tax_id", "registration_reason_code")
Points = dict[UUID, tuple[ContactPoint, ...]]


class ContactBook:
    """How partners can be reached, and in whose name they sign."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def points_of(self, partner_ids: Collection[UUID]) -> Points:
        """Read the partners' own contact points."""
        return self._points(contact_points.c.partner_id, partner_ids, contact_points.c.person_id.is_(None))

    def persons_of(self, partner_ids: Collection[UUID]) -> dict[UUID, tuple[ContactPerson, ...]]:
        """Read the partners' contact persons with their contact points."""
        return self._persons(partner_ids, self._points(contact_points.c.person_id, partner_ids))

    def contacts_of(self, partner_ids: Collection[UUID]) -> tuple[Points, dict[UUID, tuple[ContactPerson, ...]]]:
        """Read both at once: the partners' own contact points, and their persons with theirs."""
        owner = sa.func.coalesce(contact_points.c.person_id, contact_points.c.partner_id)
        points = self._points(owner, partner_ids)
        return points, self._persons(partner_ids, points)

    def legal_entities_of(self, partner_ids: Collection[UUID]) -> dict[UUID, list[LegalEntity]]:
        """Read the legal entities of partners."""
        link = partner_legal_entities
        read = (
            sa.select(legal_entities, link.c.partner_id)
            .join(link, link.c.legal_entity_id == legal_entities.c.id)
            .where(link.c.partner_id.in_(partner_ids))
            .order_by(link.c.place)
        )
        found: dict[UUID, list[LegalEntity]] = {}
        for row in self._connection.execute(read):
            found.setdefault(row.partner_id, []).append(_legal_entity(row))
        return found

    def replace_points(self, lists: Mapping[UUID, Sequence[ContactPoint]]) -> None:
        """Write whole lists of the partners' own contact points."""
        own = sa.and_(contact_points.c.partner_id.in_(list(lists)), contact_points.c.person_id.is_(None))
        self._connection.execute(contact_points.delete().where(own))
        self.add_points(lists)

    def add_points(self, lists: Mapping[UUID, Sequence[ContactPoint]]) -> None:
        """Write the contact points of partners that have none yet."""
        rows = [row for partner_id, points in lists.items() for row in _point_rows(points, partner_id)]
        if rows:
            self._connection.execute(contact_points.insert(), rows)

    def replace_persons(self, partner_id: UUID, persons: Sequence[ContactPerson]) -> None:
        """Write the whole list of a partner's persons, with their contact points."""
        theirs = sa.and_(contact_points.c.partner_id == partner_id, contact_points.c.person_id.is_not(None))
        self._connection.execute(contact_points.delete().where(theirs))
        self._connection.execute(contact_persons.delete().where(contact_persons.c.partner_id == partner_id))
        self.add_persons(partner_id, persons)

    def add_persons(self, partner_id: UUID, persons: Sequence[ContactPerson]) -> None:
        """Write the persons of a partner that has none yet."""
        if not persons:
            return
        rows = [
            {"id": p.id, "partner_id": partner_id, "place": i, "full_name": p.full_name, "job_title": p.job_title}
            for i, p in enumerate(persons)
        ]
        self._connection.execute(contact_persons.insert(), rows)
        points = [row for person in persons for row in _point_rows(person.contact_points, partner_id, person.id)]
        if points:
            self._connection.execute(contact_points.insert(), points)

    def add_legal_entities(self, partner_id: UUID, entities: Sequence[LegalEntity]) -> None:
        """Link a new partner to its legal entities; one that is known by its tax id already is taken as it is."""
        insert_new(self._connection, legal_entities, [_legal_entity_row(entity) for entity in entities], *_LEGAL_KEY)
        ids = dict.fromkeys(self._known_as(entity) for entity in entities)
        link = [{"partner_id": partner_id, "legal_entity_id": id, "place": i} for i, id in enumerate(ids)]
        insert_new(self._connection, partner_legal_entities, link, "legal_entity_id")

    def _known_as(self, entity: LegalEntity) -> UUID:
        if entity.tax_id is None:
            return entity.id
        columns = legal_entities.c
        same = sa.select(columns.id).where(
            columns.country == entity.country,
            columns.tax_id == entity.tax_id,
            columns.registration_reason_code == (entity.registration_reason_code or ""),
        )
        known: UUID = self._connection.execute(same).scalar_one()
        return known

    def _points(
        self, owner: sa.ColumnElement[Any], partner_ids: Collection[UUID], *where: sa.ColumnElement[bool]
    ) -> Points:
        read = (
            sa.select(contact_points, owner.label("owner_id"))
            .where(contact_points.c.partner_id.in_(partner_ids), *where)
            .order_by(contact_points.c.place)
        )
        found: dict[UUID, list[ContactPoint]] = {}
        for row in self._connection.execute(read):
            found.setdefault(row.owner_id, []).append(_point(row))
        return {owner_id: tuple(points) for owner_id, points in found.items()}

    def _persons(self, partner_ids: Collection[UUID], points: Points) -> dict[UUID, tuple[ContactPerson, ...]]:
        read = (
            sa.select(contact_persons)
            .where(contact_persons.c.partner_id.in_(partner_ids))
            .order_by(contact_persons.c.place)
        )
        found: dict[UUID, list[ContactPerson]] = {}
        for row in self._connection.execute(read):
            person = ContactPerson(
                id=row.id, full_name=row.full_name, job_title=row.job_title, contact_points=points.get(row.id, ())
            )
            found.setdefault(row.partner_id, []).append(person)
        return {partner_id: tuple(persons) for partner_id, persons in found.items()}


def _point(row: sa.Row[Any]) -> ContactPoint:
    return ContactPoint(
        id=row.id, kind=ContactPointKind(row.kind), value=row.value, original=row.original, primary=row.is_primary
    )


def _point_rows(
    points: Iterable[ContactPoint], partner_id: UUID, person_id: UUID | None = None
) -> Iterable[dict[str, Any]]:
    for place, point in enumerate(points):
        yield {
            "id": point.id,
            "partner_id": partner_id,
            "person_id": person_id,
            "place": place,
            "kind": point.kind.value,
            "value": point.value,
            "original": point.original,
            "is_primary": point.primary,
        }


def _legal_entity(row: sa.Row[Any]) -> LegalEntity:
    return LegalEntity(
        id=row.id,
        name=row.name,
        country=row.country,
        tax_id=row.tax_id,
        registration_reason_code=row.registration_reason_code or None,
    )


def _legal_entity_row(entity: LegalEntity) -> dict[str, Any]:
    return {
        "id": entity.id,
        "name": entity.name,
        "country": entity.country,
        "tax_id": entity.tax_id,
        "registration_reason_code": entity.registration_reason_code or "",
    }
