"""Move a reminder to another time."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from pydantic import AwareDatetime

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.absent import ABSENT, Absent
from services.contacts.domain.plan import known_zone
from services.contacts.domain.reminder import Reminder
from services.contacts.domain.schedule import Schedule
from services.contacts.storage.reminders import Reminders, reminder_view


@dataclass(frozen=True, kw_only=True)
class RescheduleReminder:
    """Ask that a reminder fire at another moment; the recurrence stays unless another, or none, is given."""

    reminder_id: UUID
    at: AwareDatetime
    recurrence: str | Absent | None = ABSENT
    time_zone: str | None = None
    expected_version: int | None = None


def reschedule_reminder(command: RescheduleReminder, tx: Transaction, actor: Actor) -> Json:
    """Move a reminder and answer it; raise Refused for one that follows a planned interaction."""
    reminders = Reminders(tx, actor)
    reminder = reminders.lock(command.reminder_id, expected_version=command.expected_version)
    moved = reminder.reschedule(_schedule(command, reminder), tx.now)
    if moved != reminder:
        reminders.save(moved)
    return reminder_view(moved)


def _schedule(command: RescheduleReminder, reminder: Reminder) -> Schedule:
    known = reminder.schedule
    if reminder.follows_plan:
        message = "it follows the planned interaction; reschedule that, or cancel this and set another"
        raise refuse("FOLLOWS_PLAN", message, "reminder")
    rule = known.rule if command.recurrence is ABSENT else command.recurrence
    return Schedule.of(command.at, known_zone(command.time_zone or known.time_zone, "timeZone"), rule=rule)
