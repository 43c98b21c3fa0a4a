"""Pairs of partners that may be one, by their ids."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.contacts.storage.duplicate_pairs import pair_row_view, pairs_in_reach
from services.contacts.storage.tables import duplicate_pairs


@dataclass(frozen=True, kw_only=True)
class DuplicatePairsByIds:
    """Ask for pairs."""

    ids: list[UUID]


def duplicate_pairs_by_ids(query: DuplicatePairsByIds, reading: Reading, actor: Actor) -> Json:
    """Give the pairs in the order of the ids; None for those that are not there or not in reach."""
    read = sa.select(duplicate_pairs).where(duplicate_pairs.c.id.in_(query.ids), pairs_in_reach(actor))
    found = {row.id: pair_row_view(row) for row in reading.connection.execute(read)}
    return {"nodes": [found.get(id) for id in query.ids]}
