"""Remind of what was promised in deals, and look after it: next steps and tasks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from pydantic import AwareDatetime

from chassis.actor import SYSTEM
from chassis.errors import Refused
from chassis.events import Heard
from chassis.store.database import Transaction
from services.contacts.domain.reminder import Reminder, ReminderState
from services.contacts.domain.schedule import Schedule
from services.contacts.storage.reminders import Reminders
from services.contacts.storage.staff import Staff
from services.contacts.storage.tables import commitments

OVERDUE = "commitment.overdue"
"""The timer that looks whether a next step or a task was done."""

_OPEN = frozenset({"next_step.planned", "task.created", "task.changed"})


@dataclass(frozen=True, kw_only=True)
class CommitmentTold:
    """What this service reads of the events of next steps and tasks."""

    step_id: UUID | None = None
    task_id: UUID | None = None
    deal_id: UUID | None = None
    assignee_id: UUID | None = None
    due_at: AwareDatetime | None = None
    remind_at: AwareDatetime | None = None


def follow_commitment(event: Heard, tx: Transaction) -> None:
    """Keep what is promised until when and by whom; set its reminder anew, or end it."""
    told = event.read(CommitmentTold)
    id = told.step_id or told.task_id
    if id is None or not _keep(id, told, event, tx):
        return
    is_open = event.type in _OPEN
    if is_open and told.due_at is not None and told.assignee_id is not None:
        tx.schedule(OVERDUE, str(id), told.due_at + tx.enterprise.escalate_after)
    else:
        tx.cancel(OVERDUE, str(id))
    _remind(id, told if is_open else None, event, tx)


def _keep(id: UUID, told: CommitmentTold, event: Heard, tx: Transaction) -> bool:
    """Write the copy unless a newer one is there; tell whether it was written."""
    held = tx.connection.execute(
        sa.select(commitments.c.version).where(commitments.c.id == id).with_for_update()
    ).scalar()
    if held is not None and held >= event.sequence:
        return False
    row = {
        "version": event.sequence,
        "deal_id": told.deal_id,
        "assignee_id": told.assignee_id,
        "due_at": told.due_at,
        "open": event.type in _OPEN,
    }
    if held is None:
        tx.connection.execute(commitments.insert(), {"id": id, **row})
    else:
        tx.connection.execute(commitments.update().where(commitments.c.id == id).values(row))
    return True


def _remind(id: UUID, told: CommitmentTold | None, event: Heard, tx: Transaction) -> None:
    reminders = Reminders(tx, SYSTEM)
    held = reminders.of_origin(_origin(id))
    made = _reminder(id, told, event, tx) if told is not None else None
    if held is None:
        if made is not None:
            reminders.add(made)
    elif made is None:
        if held.state is ReminderState.ACTIVE:
            reminders.save(held.ended())
    elif (held.manager_id, held.schedule) != (made.manager_id, made.schedule) or held.state is not ReminderState.ACTIVE:
        reminders.save(held.renewed(made))


def _reminder(id: UUID, told: CommitmentTold, event: Heard, tx: Transaction) -> Reminder | None:
    """Make the reminder as of when it was promised: one whose moment passed on its way here fires at once."""
    if told.due_at is None or told.remind_at is None or told.assignee_id is None or told.remind_at > told.due_at:
        return None
    if told.assignee_id not in Staff(tx.connection).managers_by_ids([told.assignee_id]):
        return None
    try:
        schedule = Schedule.of(told.due_at, tx.enterprise.zone, before=told.due_at - told.remind_at)
        return Reminder.set(
            schedule,
            manager_id=told.assignee_id,
            subject_id=id,
            deal_id=told.deal_id,
            origin=_origin(id),
            now=_promised_at(event),
        )
    except Refused:  # it was over when it was told
        return None


def _promised_at(event: Heard) -> datetime:
    return event.recorded_at


def _origin(id: UUID) -> str:
    return f"commitment:{id}"
