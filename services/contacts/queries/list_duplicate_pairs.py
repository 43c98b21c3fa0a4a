"""The queue of pairs of partners that may be one."""

from __future__ import annotations

from dataclasses import dataclass, field

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.store.paging import Order, PageRequest, page
from chassis.wire import Json
from services.contacts.domain.duplicates import PairStatus
from services.contacts.storage.duplicate_pairs import both_stand, pair_row_view, pairs_in_reach
from services.contacts.storage.tables import duplicate_pairs


@dataclass(frozen=True, kw_only=True)
class ListDuplicatePairs:
    """Ask for a page of pairs in a state."""

    status: PairStatus = PairStatus.OPEN
    page: PageRequest = field(default_factory=PageRequest)


def list_duplicate_pairs(query: ListDuplicatePairs, reading: Reading, actor: Actor) -> Json:
    """Give a page of the pairs in reach, the likeliest first; those of merged partners are left out."""
    columns = duplicate_pairs.c
    select = sa.select(duplicate_pairs).where(columns.status == query.status, both_stand(), pairs_in_reach(actor))
    order = [Order(columns.score, descending=True), Order(columns.id, descending=True)]
    return page(reading.connection, select, order, query.page, pair_row_view)
