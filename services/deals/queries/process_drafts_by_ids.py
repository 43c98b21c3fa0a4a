"""Drafts of sales processes by their ids."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.answers import draft_json
from services.deals.storage.drafts import draft_of
from services.deals.storage.tables import process_drafts


@dataclass(frozen=True, kw_only=True)
class ProcessDraftsByIds:
    """Ask for drafts."""

    ids: list[UUID]


def process_drafts_by_ids(query: ProcessDraftsByIds, reading: Reading, actor: Actor) -> Json:
    """Give the drafts in the order of the ids; null for one that is not there, and for who may not write processes."""
    if "process" not in actor.scopes:
        return {"nodes": [None] * len(query.ids)}
    rows = reading.connection.execute(sa.select(process_drafts).where(process_drafts.c.id.in_(query.ids)))
    found = {row.id: draft_json(draft_of(row), reading.connection, row.changed_at, row.changed_by) for row in rows}
    return {"nodes": [found.get(draft_id) for draft_id in query.ids]}
