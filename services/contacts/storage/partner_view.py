"""Partners as they are answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.clock import day_of
from chassis.store.database import Reading, Transaction
from chassis.wire import Json
from services.contacts.storage.contact_points import points_of
from services.contacts.storage.linked_views import legal_entities_of_partners, persons_of_partners
from services.contacts.storage.partners import roles_of
from services.contacts.storage.sql import ref_view
from services.contacts.storage.tables import partners


def partner_view(tx: Transaction, partner_id: UUID) -> Json:
    """Give one partner that is known to be there."""
    row = tx.connection.execute(sa.select(partners).where(partners.c.id == partner_id)).one()
    return with_contacts(tx, [partner_facts(row)])[0]


def partner_facts(row: sa.Row[Any]) -> dict[str, Any]:
    """Give a row of partners as far as it goes by itself."""
    return {
        "id": row.id,
        "version": row.version,
        "name": row.name,
        "roles": roles_of(row),
        "manager_id": row.manager_id,
        "parent_id": row.parent_id,
        "source": row.source,
        "interest": row.interest,
        "external_ref": ref_view(row),
        "registered_at": row.registered_at,
    }


def with_contacts(within: Reading | Transaction, views: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add contact points, persons and legal entities: three reads, whatever the number of partners."""
    if not views:
        return []
    connection, ids = within.connection, [view["id"] for view in views]
    day = day_of(within.now, within.enterprise.zone)
    persons = persons_of_partners(connection, ids, day)
    entities = legal_entities_of_partners(connection, ids, day)
    people = {person["id"] for found in persons.values() for person in found}
    points = points_of(connection, [*ids, *people], day)
    return [
        {
            **view,
            "contact_points": points.get(view["id"], ()),
            "contact_persons": [
                {**person, "contact_points": points.get(person["id"], ())} for person in persons.get(view["id"], ())
            ],
            "legal_entities": entities.get(view["id"], []),
        }
        for view in views
    ]
