"""Persons and legal entities as they are answered: by themselves, and with the link by which they are shown."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.contacts.storage.sql import not_ended, ref_view
from services.contacts.storage.tables import (
    contact_persons,
    legal_entities,
    legal_entity_persons,
    partner_legal_entities,
    partner_persons,
)

Lists = dict[UUID, list[dict[str, Any]]]
"""What belongs to each of several things, by their ids."""


def person_facts(row: sa.Row[Any]) -> dict[str, Any]:
    """Give a row of persons as far as it goes by itself."""
    return {
        "id": row.id,
        "version": row.version,
        "full_name": row.full_name,
        "birthday": row.birthday,
        "notes": row.notes,
        "time_zone": row.time_zone,
        "external_ref": ref_view(row),
        "erased_at": row.erased_at,
    }


def entity_facts(row: sa.Row[Any]) -> dict[str, Any]:
    """Give a row of legal entities as far as it goes by itself."""
    return {
        "id": row.id,
        "version": row.version,
        "name": row.name,
        "full_name": row.full_name,
        "country": row.country,
        "tax_id": row.tax_id,
        "registration_reason_code": row.registration_reason_code or None,
        "registered_on": row.registered_on,
    }


def persons_of_partners(connection: sa.Connection, partner_ids: Collection[UUID], day: date) -> Lists:
    """Read the persons of partners, each with its link to the partner."""
    link = partner_persons
    return _persons(connection, link, link.c.partner_id, partner_ids, day)


def persons_of_legal_entities(connection: sa.Connection, entity_ids: Collection[UUID], day: date) -> Lists:
    """Read the persons of legal entities, each with its link to the entity."""
    link = legal_entity_persons
    return _persons(connection, link, link.c.legal_entity_id, entity_ids, day)


def legal_entities_of_partners(connection: sa.Connection, partner_ids: Collection[UUID], day: date) -> Lists:
    """Read the legal entities of partners, each with its link to the partner."""
    link = partner_legal_entities
    columns = [link.c.role, link.c.valid_from, link.c.valid_to, link.c.partner_id.label("owner_id")]
    read = (
        sa.select(legal_entities, *columns)
        .join(link, link.c.legal_entity_id == legal_entities.c.id)
        .where(link.c.partner_id.in_(partner_ids), not_ended(link, day))
        .order_by(link.c.place)
    )
    found: Lists = {}
    for row in connection.execute(read):
        found.setdefault(row.owner_id, []).append({**entity_facts(row), **_link(row)})
    return found


def _persons(
    connection: sa.Connection, link: sa.Table, owner: sa.Column[Any], owner_ids: Collection[UUID], day: date
) -> Lists:
    columns = [link.c.role, link.c.job_title, link.c.valid_from, link.c.valid_to, owner.label("owner_id")]
    read = (
        sa.select(contact_persons, *columns)
        .join(link, link.c.person_id == contact_persons.c.id)
        .where(owner.in_(owner_ids), not_ended(link, day))
        .order_by(link.c.place)
    )
    found: Lists = {}
    for row in connection.execute(read):
        view = {**person_facts(row), **_link(row), "job_title": row.job_title}
        found.setdefault(row.owner_id, []).append(view)
    return found


def _link(row: sa.Row[Any]) -> dict[str, Any]:
    return {"role": row.role, "valid_from": row.valid_from, "valid_to": row.valid_to}
