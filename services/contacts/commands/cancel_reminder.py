"""End a reminder."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.storage.reminders import Reminders, reminder_view


@dataclass(frozen=True, kw_only=True)
class CancelReminder:
    """Ask that a reminder tell nothing any more."""

    reminder_id: UUID
    expected_version: int | None = None


def cancel_reminder(command: CancelReminder, tx: Transaction, actor: Actor) -> Json:
    """Cancel a reminder and answer it."""
    reminders = Reminders(tx, actor)
    cancelled = reminders.lock(command.reminder_id, expected_version=command.expected_version).cancel()
    reminders.save(cancelled)
    return reminder_view(cancelled)
