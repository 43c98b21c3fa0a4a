"""The timelines of several partners, persons, deals, claims or managers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.ids import kind_of
from chassis.store.database import Reading
from chassis.store.paging import Order, PageRequest, page
from chassis.wire import Json
from services.contacts.domain.kinds import CLAIM, CONTACT_PERSON, DEAL, MANAGER, PARTNER
from services.contacts.storage.merged import groups_of
from services.contacts.storage.reach import entries_in_reach
from services.contacts.storage.tables import timeline
from services.contacts.storage.timeline import entries_under, entry_json

_COLUMNS: dict[int | None, sa.Column[Any]] = {
    PARTNER: timeline.c.partner_id,
    DEAL: timeline.c.deal_id,
    CLAIM: timeline.c.claim_id,
    MANAGER: timeline.c.manager_id,
    CONTACT_PERSON: timeline.c.person_id,
}
_NEWEST_FIRST = (Order(timeline.c.occurred_at, descending=True), Order(timeline.c.entry_id, descending=True))


@dataclass(frozen=True, kw_only=True)
class TimelinesOf:
    """Ask for the same page of each thing's timeline; a thing's id says what it is."""

    thing_ids: list[UUID]
    kinds: list[str] | None = None
    page: PageRequest = field(default_factory=PageRequest)


def timelines_of(query: TimelinesOf, reading: Reading, actor: Actor) -> Json:
    """Give a page of each timeline, in the order asked for, the newest facts first; of what has none, an empty one."""
    where = [entries_in_reach(actor)]
    if query.kinds is not None:
        where.append(timeline.c.kind.in_(query.kinds))
    groups = groups_of(reading.connection, query.thing_ids)
    return {"pages": [_page(groups[id], where, query.page, reading) for id in query.thing_ids]}


def _page(
    things: Collection[UUID], where: Collection[sa.ColumnElement[bool]], request: PageRequest, reading: Reading
) -> Json:
    """Read a page of the timeline that some things of one kind have together."""
    kinds = {kind_of(id) for id in things}
    column = _COLUMNS.get(kinds.pop()) if len(kinds) == 1 else None
    select = sa.select(timeline).where(sa.false()) if column is None else entries_under(things, column)
    return page(reading.connection, select.where(*where), _NEWEST_FIRST, request, entry_json)
