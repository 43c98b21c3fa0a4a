"""Say that what a reminder told of was seen to."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.storage.reminders import Reminders, reminder_view


@dataclass(frozen=True, kw_only=True)
class DismissReminder:
    """Ask that a reminder that has told of something be quiet, until its next occurrence if it recurs."""

    reminder_id: UUID
    expected_version: int | None = None


def dismiss_reminder(command: DismissReminder, tx: Transaction, actor: Actor) -> Json:
    """Dismiss a reminder and answer it."""
    reminders = Reminders(tx, actor)
    dismissed = reminders.lock(command.reminder_id, expected_version=command.expected_version).dismiss()
    reminders.save(dismissed)
    return reminder_view(dismissed)
