"""Reminders by their ids."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.contacts.storage.reach import managers_in_reach
from services.contacts.storage.reminders import reminder_views
from services.contacts.storage.tables import reminders


@dataclass(frozen=True, kw_only=True)
class RemindersByIds:
    """Ask for reminders."""

    ids: list[UUID]


def reminders_by_ids(query: RemindersByIds, reading: Reading, actor: Actor) -> Json:
    """Give the reminders in the order of the ids; null for one that is not there or not within reach."""
    mine = managers_in_reach(actor, reminders.c.manager_id)
    rows = reading.connection.execute(sa.select(reminders).where(reminders.c.id.in_(query.ids), mine))
    found = {view["id"]: view for view in reminder_views(rows)}
    return {"nodes": [found.get(reminder_id) for reminder_id in query.ids]}
