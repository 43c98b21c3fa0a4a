"""The service levels, by version."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.claims.storage.sla_policies import policy_json
from services.claims.storage.tables import sla_policies

_p = sla_policies.c


@dataclass(frozen=True, kw_only=True)
class SlaPoliciesByIds:
    """Ask for these versions; without ids for all."""

    ids: list[UUID] | None = None


def sla_policies_by_ids(query: SlaPoliciesByIds, reading: Reading, _actor: Actor) -> Json:
    """Give versions in the order asked for, None for one that is not there; all of them the newest first."""
    read = sa.select(_p.id, _p.version, _p.valid_from, _p.warn_at_percent, _p.targets).order_by(_p.version.desc())
    found = {row.id: policy_json(*row) for row in reading.connection.execute(read)}
    return {"nodes": list(found.values()) if query.ids is None else [found.get(id) for id in query.ids]}
