"""What is told of reminders: that someone is to be reminded now, of what; never in which words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis.events import Published
from services.contacts.domain.reminder import Firing, Reminder


@dataclass(frozen=True, kw_only=True)
class ReminderDue(Published, type="reminder.due", subject="reminder_id"):
    """A manager is reminded of an occurrence of what it is about; `attempt` counts the times that it was snoozed before."""

    reminder_id: UUID
    manager_id: UUID
    about_id: UUID | None
    deal_id: UUID | None
    occurrence_at: datetime
    attempt: int
    escalated: bool

    @classmethod
    def of(cls, reminder: Reminder, firing: Firing) -> ReminderDue:
        """Tell that a reminder has fired."""
        return cls(
            sequence=reminder.version,
            occurred_at=firing.fired_at,
            reminder_id=reminder.id,
            manager_id=reminder.manager_id,
            about_id=reminder.subject_id,
            deal_id=reminder.deal_id,
            occurrence_at=firing.occurrence_at,
            attempt=firing.attempt,
            escalated=reminder.escalated,
        )
