"""Claims by their ids."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.claims.storage.claims import claim_json
from services.claims.storage.tables import claims
from services.claims.storage.visibility import visible_to


@dataclass(frozen=True, kw_only=True)
class ClaimsByIds:
    """Ask for these claims."""

    ids: list[UUID]


def claims_by_ids(query: ClaimsByIds, reading: Reading, actor: Actor) -> Json:
    """Give the claims in the order asked for; None for each that is not there or out of reach."""
    found = sa.select(claims).where(claims.c.id.in_(query.ids), visible_to(actor))
    by_id = {row.id: claim_json(row._asdict(), reading.now) for row in reading.connection.execute(found)}
    return {"nodes": [by_id.get(id) for id in query.ids]}
