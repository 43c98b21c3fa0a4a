"""What was changed of the contact points of several owners, or of several contact points."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.ids import kind_of
from chassis.store.database import Reading
from chassis.store.paging import Order, PageRequest, page
from chassis.wire import Json
from services.contacts.domain.kinds import CONTACT_POINT
from services.contacts.storage.merged import groups_of
from services.contacts.storage.reach import owners_in_reach
from services.contacts.storage.tables import contact_point_changes


@dataclass(frozen=True, kw_only=True)
class ContactPointHistory:
    """Ask for the same page of the history of each contact point, or of all points of each owner."""

    ids: list[UUID]
    page: PageRequest = field(default_factory=PageRequest)


def contact_point_history(query: ContactPointHistory, reading: Reading, actor: Actor) -> Json:
    """Give a page for each id, in the order asked for, the newest changes first; none of what is not in reach."""
    columns = contact_point_changes.c
    seen = sa.select(contact_point_changes).where(owners_in_reach(actor, columns.owner_id))
    groups = groups_of(reading.connection, query.ids)
    newest_first = [Order(columns.id, descending=True)]

    def about(id: UUID) -> sa.ColumnElement[bool]:
        return columns.contact_point_id == id if kind_of(id) == CONTACT_POINT else columns.owner_id.in_(groups[id])

    pages = [page(reading.connection, seen.where(about(id)), newest_first, query.page, _view) for id in query.ids]
    return {"pages": pages}


def _view(row: sa.Row[Any]) -> Json:
    return {
        "contact_point_id": row.contact_point_id,
        "kind": row.kind,
        "action": row.action,
        "before": row.before,
        "after": row.after,
        "actor": row.actor,
        "member_id": row.member_id,
        "changed_at": row.changed_at,
    }
