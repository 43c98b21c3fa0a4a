"""Steps by their ids."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.answers import step_json
from services.deals.storage.reach import within_reach_or_charge
from services.deals.storage.tables import deals, next_steps


@dataclass(frozen=True, kw_only=True)
class NextStepsByIds:
    """Ask for steps."""

    ids: list[UUID]


def next_steps_by_ids(query: NextStepsByIds, reading: Reading, actor: Actor) -> Json:
    """Give the steps in the order of the ids; null for one that is not there or not within reach."""
    s = next_steps.c
    reach = within_reach_or_charge(actor, deals.c.manager_id, s.assignee_id)
    rows = reading.connection.execute(
        sa.select(next_steps).join(deals, deals.c.id == s.deal_id).where(s.id.in_(query.ids), *reach)
    )
    found = {row["id"]: step_json(row, reading.now) for row in rows.mappings()}
    return {"nodes": [found.get(step_id) for step_id in query.ids]}
