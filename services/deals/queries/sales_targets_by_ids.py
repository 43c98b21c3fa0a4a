"""Sales targets by their ids."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.answers import sales_target_json
from services.deals.storage.sales_targets import target_of, visible_to
from services.deals.storage.tables import sales_targets


@dataclass(frozen=True, kw_only=True)
class SalesTargetsByIds:
    """Ask for targets."""

    ids: list[UUID]


def sales_targets_by_ids(query: SalesTargetsByIds, reading: Reading, actor: Actor) -> Json:
    """Give targets in the order of the ids; null for those that are not there or not within reach."""
    select = sa.select(sales_targets).where(sales_targets.c.id.in_(query.ids), *visible_to(actor))
    found = {row.id: sales_target_json(target_of(row)) for row in reading.connection.execute(select)}
    return {"nodes": [found.get(one) for one in query.ids]}
