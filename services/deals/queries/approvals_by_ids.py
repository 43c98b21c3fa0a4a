"""Approvals by their ids."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.answers import approval_json
from services.deals.storage.approvals import approval_of
from services.deals.storage.reach import within_reach
from services.deals.storage.tables import approvals, deals


@dataclass(frozen=True, kw_only=True)
class ApprovalsByIds:
    """Ask for approvals."""

    ids: list[UUID]


def approvals_by_ids(query: ApprovalsByIds, reading: Reading, actor: Actor) -> Json:
    """Give the approvals in the order of the ids; null for one of a deal that is not within reach."""
    select = sa.select(approvals).join(deals, deals.c.id == approvals.c.deal_id)
    rows = reading.connection.execute(
        select.where(approvals.c.id.in_(query.ids), *within_reach(actor, deals.c.manager_id))
    )
    found = {row.id: approval_json(approval_of(row)) for row in rows}
    return {"nodes": [found.get(approval_id) for approval_id in query.ids]}
