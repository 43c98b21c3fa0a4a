"""What follows a planned interaction: its reminders, and who is told when nobody saw to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated
from uuid import UUID

from pydantic import Field

from chassis.actor import Actor
from chassis.errors import Refused, refuse
from chassis.store.database import Transaction
from services.contacts.domain.interaction import Interaction, InteractionState
from services.contacts.domain.plan import Plan, known_zone
from services.contacts.domain.problems import Problems
from services.contacts.domain.reminder import Reminder
from services.contacts.domain.schedule import Schedule
from services.contacts.storage.reminders import Reminders
from services.contacts.storage.staff import Staff

OVERDUE = "interaction.overdue"
"""The timer that looks whether a planned interaction took place."""

_MOST = 20


@dataclass(frozen=True, kw_only=True)
class PlanReminderInput:
    """Of what is planned, to be reminded so long ahead; without managers, all who take part are."""

    minutes_before: Annotated[int, Field(ge=0, le=366 * 24 * 60)]
    manager_ids: list[UUID] | None = None


def remind_of(interaction: Interaction, given: Sequence[PlanReminderInput], tx: Transaction, actor: Actor) -> None:
    """Set the reminders that come with a plan, and the look at whether it took place; raise Refused."""
    plan = interaction.plan
    assert plan is not None  # it is planned
    problems, reminders = Problems(), Reminders(tx, actor)
    with problems.under("reminders"):
        if len(given) > _MOST:
            raise refuse("TOO_MANY", f"at most {_MOST} reminders are set at once")
    for place, one in enumerate(given[:_MOST]):
        with problems.under("reminders", place):
            for manager in _recipients(one, interaction, tx):
                schedule = _schedule(plan, timedelta(minutes=one.minutes_before))
                made = Reminder.set(
                    schedule, manager_id=manager, subject_id=interaction.id, follows_plan=True, now=tx.now
                )
                reminders.add(made)
    problems.settle()
    _look_after(interaction, tx)


def follow_plan(interaction: Interaction, tx: Transaction, actor: Actor) -> None:
    """Let reminders of an interaction that changed follow it: to its new time, or to their end."""
    reminders = Reminders(tx, actor)
    for reminder in reminders.about(interaction.id):
        if interaction.state is not InteractionState.PLANNED or interaction.plan is None:
            reminders.save(reminder.ended())
        elif reminder.follows_plan:
            reminders.save(_moved(reminder, interaction.plan, tx))
    _look_after(interaction, tx)


def _moved(reminder: Reminder, plan: Plan, tx: Transaction) -> Reminder:
    try:
        return reminder.reschedule(reminder.schedule.moved_to(plan.start), tx.now)
    except Refused:  # what it is about is under way already
        return reminder.ended()


def _schedule(plan: Plan, before: timedelta) -> Schedule:
    return Schedule.of(plan.start, known_zone(plan.time_zone), before=before)


def _recipients(given: PlanReminderInput, interaction: Interaction, tx: Transaction) -> Sequence[UUID]:
    if given.manager_ids is None:
        return interaction.links.manager_ids
    staff = Staff(tx.connection)
    for manager in given.manager_ids:
        staff.check_manager(manager, "managers")
    return list(dict.fromkeys(given.manager_ids))


def _look_after(interaction: Interaction, tx: Transaction) -> None:
    if interaction.state is InteractionState.PLANNED and interaction.plan is not None:
        tx.schedule(OVERDUE, str(interaction.id), interaction.plan.end + tx.enterprise.escalate_after)
    else:
        tx.cancel(OVERDUE, str(interaction.id))
