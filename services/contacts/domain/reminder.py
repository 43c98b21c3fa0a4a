"""Reminders: what tells a manager, at a moment, of something that is to come or was not done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from chassis.errors import refuse
from chassis.ids import new_id
from services.contacts.domain.kinds import REMINDER
from services.contacts.domain.schedule import Schedule
from services.contacts.domain.text import optional_line

FURTHEST = timedelta(days=20 * 366)
_NOTE_LENGTH = 500


class ReminderState(StrEnum):
    """Whether a reminder still has something to tell, or waits to be dismissed."""

    ACTIVE = "ACTIVE"
    ENDED = "ENDED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, kw_only=True)
class Firing:
    """That someone was reminded of an occurrence: the first time, or again after a snooze (attempt 1, 2 …)."""

    occurrence_at: datetime
    attempt: int
    fired_at: datetime


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """A reminder of one manager; `next_at` is when it fires next, for the occurrence at `occurrence_at`.

    `last` is its last firing, which stays due until it is dismissed; `again_at` is when that fires again after a snooze. One that
    follows a plan moves with the planned interaction that it is about.
    """

    id: UUID
    version: int
    manager_id: UUID
    subject_id: UUID | None
    deal_id: UUID | None
    note: str | None
    schedule: Schedule
    state: ReminderState
    occurrence_at: datetime | None
    next_at: datetime | None
    last: Firing | None
    again_at: datetime | None
    dismissed: bool
    follows_plan: bool
    escalated: bool
    origin: str | None

    @classmethod
    def set(
        cls,
        schedule: Schedule,
        *,
        manager_id: UUID,
        now: datetime,
        subject_id: UUID | None = None,
        deal_id: UUID | None = None,
        note: str | None = None,
        follows_plan: bool = False,
        escalated: bool = False,
        origin: str | None = None,
    ) -> Reminder:
        """Set a reminder of what is to come; raise Refused where all of it has passed."""
        made = cls(
            id=new_id(REMINDER),
            version=1,
            manager_id=manager_id,
            subject_id=subject_id,
            deal_id=deal_id,
            note=optional_line(note, "note", longest=_NOTE_LENGTH),
            schedule=schedule,
            state=ReminderState.ACTIVE,
            occurrence_at=None,
            next_at=None,
            last=None,
            again_at=None,
            dismissed=False,
            follows_plan=follows_plan,
            escalated=escalated,
            origin=origin,
        )
        return made._waiting_from(now)

    @property
    def due(self) -> bool:
        """Whether it has told of something and was not dismissed since."""
        return self.state is ReminderState.ACTIVE and self.last is not None and not self.dismissed

    def renewed(self, other: Reminder) -> Reminder:
        """Give it the recipient and the schedule of another one, also where it has ended."""
        return replace(
            other, id=self.id, version=self.version + 1, last=self.last, dismissed=True, note=self.note or other.note
        )

    def fire(self, now: datetime) -> Reminder | None:
        """Tell of the next occurrence, if its moment has come; the one after it is awaited from then on."""
        if self.state is not ReminderState.ACTIVE or self.occurrence_at is None or self.next_at is None:
            return None
        if self.next_at > now:
            return None
        following = self.schedule.after(self.occurrence_at)
        return replace(
            self,
            version=self.version + 1,
            last=Firing(occurrence_at=self.occurrence_at, attempt=0, fired_at=now),
            occurrence_at=following,
            next_at=self.schedule.moment_of(following) if following else None,
            again_at=None,
            dismissed=False,
        )

    def fire_again(self, now: datetime) -> Reminder | None:
        """Tell once more of what was snoozed, if its moment has come."""
        if not self.due or self.last is None or self.again_at is None or self.again_at > now:
            return None
        again = replace(self.last, attempt=self.last.attempt + 1, fired_at=now)
        return replace(self, version=self.version + 1, last=again, again_at=None)

    def snooze(self, until: datetime, now: datetime) -> Reminder:
        """Put off what it has told, or, where it has told nothing yet, what it will tell next."""
        self._require_active()
        _ahead(until, now, "until")
        moved = {"again_at": until} if self.due else {"next_at": until}
        return replace(self, version=self.version + 1, **moved)  # type: ignore[arg-type]

    def dismiss(self) -> Reminder:
        """Say that it was seen to; it goes on with what is to come, or ends."""
        if not self.due:
            raise refuse("NOT_DUE", "it has told nothing that could be dismissed; cancel it instead", "reminder")
        state = ReminderState.ACTIVE if self.next_at is not None else ReminderState.ENDED
        return replace(self, version=self.version + 1, state=state, dismissed=True, again_at=None)

    def passed(self, occurrence: datetime, subject_id: UUID) -> Reminder:
        """Go on with what comes after an occurrence that was seen to, which is another thing to be reminded about."""
        on = replace(self, version=self.version + 1, subject_id=subject_id, again_at=None, dismissed=True)
        if self.occurrence_at is None or self.occurrence_at > occurrence:
            return on
        following = self.schedule.after(occurrence)
        if following is None:
            return on.ended()
        return replace(on, occurrence_at=following, next_at=self.schedule.moment_of(following))

    def reschedule(self, schedule: Schedule, now: datetime) -> Reminder:
        """Follow another schedule from now on; what it has told already it does not tell again."""
        self._require_active()
        if schedule == self.schedule:
            return self
        return replace(self, version=self.version + 1, schedule=schedule, again_at=None, dismissed=True)._waiting_from(
            now
        )

    def given_to(self, manager_id: UUID) -> Reminder:
        """Remind another manager from now on; what it has told and is not dismissed is theirs to see to."""
        self._require_active()
        return replace(self, version=self.version + 1, manager_id=manager_id)

    def cancel(self) -> Reminder:
        """End it, whatever was to come."""
        self._require_active()
        return self.ended(ReminderState.CANCELLED)

    def ended(self, state: ReminderState = ReminderState.ENDED) -> Reminder:
        """Give it as one that has nothing more to tell."""
        return replace(
            self, version=self.version + 1, state=state, occurrence_at=None, next_at=None, again_at=None, dismissed=True
        )

    def _waiting_from(self, now: datetime) -> Reminder:
        occurrence = self.schedule.after(now)
        if occurrence is None:
            raise refuse("REMIND_IN_PAST", "that has passed; be reminded of a time to come", "at")
        _ahead(occurrence, now, "at")
        return replace(self, occurrence_at=occurrence, next_at=max(self.schedule.moment_of(occurrence), now))

    def _require_active(self) -> None:
        if self.state is not ReminderState.ACTIVE:
            raise refuse("REMINDER_ENDED", f"the reminder is {self.state.lower()}; set a new one", "reminder")


def _ahead(moment: datetime, now: datetime, *field: str) -> None:
    if moment <= now:
        raise refuse("REMIND_IN_PAST", "that has passed; give a moment to come", *field)
    if moment > now + FURTHEST:
        raise refuse("INVALID", "that is further off than anything is planned", *field)
