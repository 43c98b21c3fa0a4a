"""Partners as they are answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.wire import Json
from services.contacts.storage.contact_book import ContactBook
from services.contacts.storage.partners import roles_of
from services.contacts.storage.sql import ref_view
from services.contacts.storage.tables import partners


def partner_view(connection: sa.Connection, partner_id: UUID) -> Json:
    """Give one partner that is known to be there."""
    row = connection.execute(sa.select(partners).where(partners.c.id == partner_id)).one()
    return with_contacts(connection, [partner_facts(row)])[0]


def partner_facts(row: sa.Row[Any]) -> dict[str, Any]:
    """Give a row of partners as far as it goes by itself."""
    return {
        "id": row.id,
        "version": row.version,
        "name": row.name,
        "roles": roles_of(row),
        "manager_id": row.manager_id,
        "source": row.source,
        "interest": row.interest,
        "external_ref": ref_view(row),
        "registered_at": row.registered_at,
    }


def with_contacts(connection: sa.Connection, views: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add contact points, persons and legal entities: three reads, whatever the number of partners."""
    if not views:
        return []
    book, ids = ContactBook(connection), [view["id"] for view in views]
    points, persons = book.contacts_of(ids)
    entities = book.legal_entities_of(ids)
    return [
        {
            **view,
            "contact_points": points.get(view["id"], ()),
            "contact_persons": persons.get(view["id"], ()),
            "legal_entities": entities.get(view["id"], ()),
        }
        for view in views
    ]
