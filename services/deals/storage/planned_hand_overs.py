"""Hand-overs of deals that are set for a day to come: timers that wait."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.clock import day_of
from chassis.store.database import Reading, Transaction
from chassis.store.tables import ChassisTables
from chassis.wire import Json, decode
from services.deals.storage.reach import within_reach
from services.deals.storage.tables import managers, metadata

HAND_OVER = "deals.hand_over"
"""The timer that hands deals over on a day to come."""


def planned_hand_overs(source: Reading | Transaction, actor: Actor, ids: Collection[UUID] | None = None) -> list[Json]:
    """Read the hand-overs that wait, or those of them that are named, of managers within the actor's reach; the next one first."""
    timers = ChassisTables.of(metadata).timers
    statement = sa.select(timers).where(timers.c.name == HAND_OVER).order_by(timers.c.due_at, timers.c.key)
    if ids is not None:
        statement = statement.where(timers.c.key.in_([str(id) for id in ids]))
    planned = [_planned(row, source) for row in source.connection.execute(statement)]
    seen = _within_reach(source, actor, {UUID(one["from_manager_id"]) for one in planned})
    return [one for one in planned if UUID(one["from_manager_id"]) in seen]


def _planned(row: sa.Row[Any], source: Reading | Transaction) -> Json:
    command: Any = decode(row.data)["command"]
    return {
        "id": row.key,
        "from_manager_id": command["from_manager_id"],
        "to_manager_id": command["to_manager_id"],
        "deal_ids": command["deal_ids"],
        "on": day_of(row.due_at, source.enterprise.zone),
    }


def _within_reach(source: Reading | Transaction, actor: Actor, owners: Collection[UUID]) -> frozenset[UUID]:
    reach = within_reach(actor, managers.c.id)
    if not reach:
        return frozenset(owners)
    own = {actor.member_id} if actor.member_id is not None else set()
    theirs = source.connection.execute(sa.select(managers.c.id).where(managers.c.id.in_(owners), *reach)).scalars()
    return frozenset(theirs) | own
