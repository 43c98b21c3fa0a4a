"""The drafts of sales processes that are being worked on."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.answers import draft_json
from services.deals.storage.drafts import draft_of
from services.deals.storage.tables import process_drafts


@dataclass(frozen=True, kw_only=True)
class ListProcessDrafts:
    """Ask for the drafts."""


def list_process_drafts(query: ListProcessDrafts, reading: Reading, actor: Actor) -> Json:
    """Give all drafts, one at most of each process, in the order of their keys."""
    actor.require("process")
    rows = reading.connection.execute(sa.select(process_drafts).order_by(process_drafts.c.key)).all()
    return {"nodes": [draft_json(draft_of(row), reading.connection, row.changed_at, row.changed_by) for row in rows]}
