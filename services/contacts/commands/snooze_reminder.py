"""Put a reminder off."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from pydantic import AwareDatetime

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.storage.reminders import Reminders, reminder_view


@dataclass(frozen=True, kw_only=True)
class SnoozeReminder:
    """Ask to be reminded again, or only then, at a moment to come."""

    reminder_id: UUID
    until: AwareDatetime
    expected_version: int | None = None


def snooze_reminder(command: SnoozeReminder, tx: Transaction, actor: Actor) -> Json:
    """Put a reminder off and answer it."""
    reminders = Reminders(tx, actor)
    reminder = reminders.lock(command.reminder_id, expected_version=command.expected_version)
    snoozed = reminder.snooze(command.until, tx.now)
    reminders.save(snoozed)
    return reminder_view(snoozed)
