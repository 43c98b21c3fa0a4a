"""Legal entities as they are answered by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.clock import day_of
from chassis.store.database import Reading, Transaction
from chassis.wire import Json
from services.contacts.storage.contact_points import points_of
from services.contacts.storage.legal_entities import whole
from services.contacts.storage.linked_views import entity_facts, persons_of_legal_entities
from services.contacts.storage.links import links_of_entities
from services.contacts.storage.tables import legal_entities


def legal_entity_view(tx: Transaction, entity_id: UUID) -> Json:
    """Give one legal entity that is known to be there."""
    rows = tx.connection.execute(sa.select(legal_entities).where(legal_entities.c.id == entity_id)).all()
    return whole_legal_entities(tx, rows)[0]


def whole_legal_entities(within: Reading | Transaction, rows: Sequence[sa.Row[Any]]) -> list[dict[str, Any]]:
    """Give rows with numbers, accounts, contact points, persons and partners: five reads, whatever their number."""
    if not rows:
        return []
    connection, ids, day = within.connection, [row.id for row in rows], day_of(within.now, within.enterprise.zone)
    entities = {entity.id: entity for entity in whole(connection, rows)}
    persons = persons_of_legal_entities(connection, ids, day)
    people = {person["id"] for found in persons.values() for person in found}
    points = points_of(connection, [*ids, *people], day)
    links = links_of_entities(connection, ids)
    found = []
    for row in rows:
        entity, theirs = entities[row.id], links.get(row.id, [])
        main = next((link for link in theirs if link.valid_to is None or link.valid_to > day), None)
        found.append(
            {
                **entity_facts(row),
                "role": main.role if main else None,
                "valid_from": main.valid_from if main else None,
                "valid_to": main.valid_to if main else None,
                "tax_ids": entity.tax_ids,
                "bank_accounts": entity.bank_accounts,
                "contact_points": points.get(row.id, ()),
                "contact_persons": [
                    {**person, "contact_points": points.get(person["id"], ())} for person in persons.get(row.id, ())
                ],
                "links": theirs,
            }
        )
    return found
