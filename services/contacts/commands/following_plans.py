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
from services.contacts.events import InteractionPlanned
from services.contacts.storage.interactions import Interactions
from services.contacts.storage.reminders import Reminders
from services.contacts.storage.staff import Staff
from services.contacts.storage.timeline import tell

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
                schedule = schedule_ahead(interaction, plan, timedelta(minutes=one.minutes_before))
                made = Reminder.set(
                    schedule, manager_id=manager, subject_id=interaction.id, follows_plan=True, now=tx.now
                )
                reminders.add(made)
    problems.settle()
    _look_after(interaction, tx)


def follow_plan(interaction: Interaction, tx: Transaction, actor: Actor, *, whole_series: bool = False) -> None:
    """Let follow what goes with an interaction that was moved or has ended: its reminders, and the next of its series."""
    reminders = Reminders(tx, actor)
    ended = interaction.state is not InteractionState.PLANNED or interaction.plan is None
    following = interaction.following(tx.now) if ended and not whole_series else None
    if following is not None and following.plan is not None:
        Interactions(tx).add(following)
        tell(tx, InteractionPlanned.of(following, following.plan, tx.now))
        _look_after(following, tx)
    for reminder in reminders.about(interaction.id):
        if following is not None and interaction.plan is not None and reminder.follows_plan:
            reminders.save(reminder.passed(interaction.plan.start, following.id))
        elif ended:
            reminders.save(reminder.ended())
        elif reminder.follows_plan and interaction.plan is not None:
            reminders.save(_moved(reminder, interaction.plan, tx))
    _look_after(interaction, tx)


def _moved(reminder: Reminder, plan: Plan, tx: Transaction) -> Reminder:
    try:
        return reminder.reschedule(reminder.schedule.moved_to(plan.start), tx.now)
    except Refused:  # what it is about is under way already
        return reminder.ended()


def schedule_ahead(interaction: Interaction, plan: Plan, before: timedelta) -> Schedule:
    """Give when to remind of a planned interaction, and of those that follow it in its series."""
    zone, series = known_zone(plan.time_zone), interaction.series
    if series is None:
        return Schedule.of(plan.start, zone, before=before)
    return Schedule.of(series.start, zone, before=before, rule=series.rule)


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
