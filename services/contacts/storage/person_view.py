"""Contact persons as they are answered by themselves."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.clock import day_of
from chassis.ids import kind_of
from chassis.store.database import Reading, Transaction
from chassis.wire import Json
from services.contacts.domain.kinds import PARTNER
from services.contacts.domain.links import PersonLink
from services.contacts.storage.contact_points import points_of
from services.contacts.storage.linked_views import person_facts
from services.contacts.storage.links import links_of_persons
from services.contacts.storage.tables import contact_persons


def person_view(tx: Transaction, person_id: UUID) -> Json:
    """Give one person who is known to be there."""
    row = tx.connection.execute(sa.select(contact_persons).where(contact_persons.c.id == person_id)).one()
    return whole_persons(tx, [person_facts(row)])[0]


def whole_persons(within: Reading | Transaction, views: Collection[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add contact points and links: three reads, whatever the number of persons.

    Role and job title are those of the link that holds and came first, where there is one.
    """
    if not views:
        return []
    ids, day = [view["id"] for view in views], day_of(within.now, within.enterprise.zone)
    points = points_of(within.connection, ids, day)
    links = links_of_persons(within.connection, ids)
    found = []
    for view in views:
        theirs = links.get(view["id"], [])
        main = next((link for link in theirs if link.valid_to is None or link.valid_to > day), None)
        found.append(
            {
                **view,
                **_shown(main),
                "contact_points": points.get(view["id"], ()),
                "links": [_link_view(link) for link in theirs],
            }
        )
    return found


def _shown(link: PersonLink | None) -> dict[str, Any]:
    names: Sequence[str] = ("role", "job_title", "valid_from", "valid_to")
    return {name: getattr(link, name) if link else None for name in names}


def _link_view(link: PersonLink) -> dict[str, Any]:
    at_partner = kind_of(link.owner_id) == PARTNER
    return {
        "partner_id": link.owner_id if at_partner else None,
        "legal_entity_id": None if at_partner else link.owner_id,
        **_shown(link),
    }
