"""Reminders: reading them for a change, writing them with their timers, and giving them as they are answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.domain.reminder import Firing, Reminder, ReminderState
from services.contacts.domain.schedule import Schedule
from services.contacts.events import ReminderDue
from services.contacts.storage.reach import managers_in_reach
from services.contacts.storage.sql import insert_new
from services.contacts.storage.tables import reminder_firings, reminders

DUE = "reminder.due"
AGAIN = "reminder.again"
"""The timers of a reminder: for what is to come, and for what was snoozed."""


class Reminders:
    """The reminders as one transaction sees them."""

    def __init__(self, tx: Transaction, actor: Actor) -> None:
        self._tx = tx
        self._actor = actor

    def lock(self, reminder_id: UUID, *, expected_version: int | None = None) -> Reminder:
        """Read a reminder and hold it until the commit; raise Refused: NOT_FOUND, or CONFLICT for another version."""
        in_reach = managers_in_reach(self._actor, reminders.c.manager_id)
        found = self._held(reminders.c.id == reminder_id, in_reach)
        if not found:
            raise refuse("NOT_FOUND", f"there is no reminder {reminder_id}", "reminder")
        (reminder,) = found
        if expected_version not in (None, reminder.version):
            message = f"the reminder has changed: it is at version {reminder.version} now; read it again"
            raise refuse("CONFLICT", message, "expectedVersion")
        return reminder

    def about(self, subject_id: UUID) -> list[Reminder]:
        """Read the reminders about a thing that have not ended, and hold them."""
        return self._held(reminders.c.subject_id == subject_id, reminders.c.state == ReminderState.ACTIVE.value)

    def of_origin(self, origin: str) -> Reminder | None:
        """Read the reminder that something made by itself, and hold it."""
        return next(iter(self._held(reminders.c.origin == origin)), None)

    def add(self, reminder: Reminder) -> None:
        """Write a new reminder and set its timer; where its origin has made one already, nothing is written."""
        row = {**_row(reminder), "recorded_at": self._tx.now, "recorded_by": self._actor.subject[:200]}
        insert_new(self._tx.connection, reminders, [row], "id")
        if reminder.origin is None or self._holds(reminder):
            self._set_timers(reminder)

    def save(self, reminder: Reminder) -> None:
        """Write a reminder that was read before, and move its timers."""
        this = reminders.c.id == reminder.id
        self._tx.connection.execute(reminders.update().where(this).values(_row(reminder)))
        self._set_timers(reminder)

    def tell(self, reminder: Reminder) -> None:
        """Write a reminder that has fired, that it did, and let the manager know."""
        assert reminder.last is not None
        self.save(reminder)
        last = reminder.last
        self._tx.connection.execute(
            reminder_firings.insert(),
            {
                "reminder_id": reminder.id,
                "occurrence_at": last.occurrence_at,
                "attempt": last.attempt,
                "fired_at": last.fired_at,
            },
        )
        self._tx.emit(ReminderDue.of(reminder, last))

    def _holds(self, reminder: Reminder) -> bool:
        written = sa.select(reminders.c.id).where(reminders.c.id == reminder.id)
        return self._tx.connection.execute(written).first() is not None

    def _held(self, *where: sa.ColumnElement[bool]) -> list[Reminder]:
        read = sa.select(reminders).where(*where).order_by(reminders.c.id).with_for_update(key_share=True)
        return [_reminder(row) for row in self._tx.connection.execute(read)]

    def _set_timers(self, reminder: Reminder) -> None:
        for name, at in ((DUE, reminder.next_at), (AGAIN, reminder.again_at)):
            if at is not None and reminder.state is ReminderState.ACTIVE:
                self._tx.schedule(name, str(reminder.id), at)
            else:
                self._tx.cancel(name, str(reminder.id))


def reminder_view(reminder: Reminder) -> Json:
    """Give a reminder as it is answered."""
    schedule, last = reminder.schedule, reminder.last
    return {
        "id": reminder.id,
        "version": reminder.version,
        "manager_id": reminder.manager_id,
        "subject_id": reminder.subject_id,
        "deal_id": reminder.deal_id,
        "note": reminder.note,
        "state": reminder.state,
        "due": reminder.due,
        "at": _at(reminder),
        "next_at": reminder.next_at,
        "occurrence_at": reminder.occurrence_at,
        "recurrence": schedule.rule,
        "time_zone": schedule.time_zone,
        "minutes_before": int(schedule.before.total_seconds()) // 60,
        "last_fired_at": last.fired_at if last else None,
        "last_occurrence_at": last.occurrence_at if last else None,
        "snoozed_until": reminder.again_at,
        "escalated": reminder.escalated,
    }


def reminder_views(rows: Iterable[sa.Row[Any]]) -> list[Json]:
    """Give rows of reminders as they are answered."""
    return [reminder_view(_reminder(row)) for row in rows]


def _at(reminder: Reminder) -> datetime:
    if reminder.next_at is not None:
        return reminder.next_at
    return reminder.last.fired_at if reminder.last is not None else reminder.schedule.start


def _reminder(row: sa.Row[Any]) -> Reminder:
    schedule = Schedule(
        start=row.starts_at, before=timedelta(seconds=row.seconds_before), rule=row.rule, time_zone=row.time_zone
    )
    last = None
    if row.last_occurrence_at is not None:
        last = Firing(occurrence_at=row.last_occurrence_at, attempt=row.last_attempt, fired_at=row.last_fired_at)
    return Reminder(
        id=row.id,
        version=row.version,
        manager_id=row.manager_id,
        subject_id=row.subject_id,
        deal_id=row.deal_id,
        note=row.note,
        schedule=schedule,
        state=ReminderState(row.state),
        occurrence_at=row.occurrence_at,
        next_at=row.next_at,
        last=last,
        again_at=row.again_at,
        dismissed=row.dismissed,
        follows_plan=row.follows_plan,
        escalated=row.escalated,
        origin=row.origin,
    )


def _row(reminder: Reminder) -> dict[str, Any]:
    schedule, last = reminder.schedule, reminder.last
    return {
        "id": reminder.id,
        "version": reminder.version,
        "manager_id": reminder.manager_id,
        "subject_id": reminder.subject_id,
        "deal_id": reminder.deal_id,
        "note": reminder.note,
        "starts_at": schedule.start,
        "seconds_before": int(schedule.before.total_seconds()),
        "rule": schedule.rule,
        "time_zone": schedule.time_zone,
        "state": reminder.state.value,
        "occurrence_at": reminder.occurrence_at,
        "next_at": reminder.next_at,
        "last_occurrence_at": last.occurrence_at if last else None,
        "last_attempt": last.attempt if last else None,
        "last_fired_at": last.fired_at if last else None,
        "again_at": reminder.again_at,
        "dismissed": reminder.dismissed,
        "follows_plan": reminder.follows_plan,
        "escalated": reminder.escalated,
        "origin": reminder.origin,
        "at": _at(reminder),
    }
