"""Tell who leads a team that something of a manager's is overdue."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import SYSTEM
from chassis.store.database import Transaction
from chassis.store.timers import Due
from services.contacts.domain.interaction import InteractionState
from services.contacts.domain.reminder import Reminder
from services.contacts.domain.schedule import Schedule
from services.contacts.domain.staff import who_leads
from services.contacts.storage.interactions import Interactions
from services.contacts.storage.reminders import Reminders
from services.contacts.storage.staff import Staff
from services.contacts.storage.tables import commitments

_AT_ONCE = timedelta(microseconds=1)


def escalate_interaction(due: Due, tx: Transaction) -> None:
    """Remind the heads of those who planned an interaction that did not take place, and was not moved."""
    interaction = Interactions(tx).lock(UUID(due.key), SYSTEM)
    if interaction.state is not InteractionState.PLANNED or interaction.plan is None:
        return
    if interaction.plan.end + tx.enterprise.escalate_after > tx.now:
        return  # it was moved while this began
    for manager in interaction.links.manager_ids:
        _tell_head(manager, interaction.id, None, interaction.plan.end, tx)


def escalate_commitment(due: Due, tx: Transaction) -> None:
    """Remind the head of who has a task or a next step that is overdue."""
    this = commitments.c.id == UUID(due.key)
    row = tx.connection.execute(sa.select(commitments).where(this).with_for_update()).first()
    if row is None or not row.open or row.due_at is None or row.assignee_id is None:
        return
    if row.due_at + tx.enterprise.escalate_after <= tx.now:
        _tell_head(row.assignee_id, row.id, row.deal_id, row.due_at, tx)


def _tell_head(manager_id: UUID, subject_id: UUID, deal_id: UUID | None, was_due: datetime, tx: Transaction) -> None:
    staff = Staff(tx.connection)
    found = staff.managers_by_ids([manager_id]).get(manager_id)
    head = who_leads(found, staff.all_teams()) if found is not None else None
    if head is None:
        return
    reminders = Reminders(tx, SYSTEM)
    reminder = Reminder.set(
        Schedule.of(tx.now + _AT_ONCE, tx.enterprise.zone),
        manager_id=head,
        subject_id=subject_id,
        deal_id=deal_id,
        escalated=True,
        origin=f"overdue:{subject_id}:{was_due.isoformat()}:{head}",
        now=tx.now,
    )
    if reminders.of_origin(reminder.origin or "") is None:
        reminders.add(reminder)
