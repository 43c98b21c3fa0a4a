"""Set a reminder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field

from chassis.actor import Actor
from chassis.errors import Problem, Refused, refuse
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.following_plans import schedule_ahead
from services.contacts.commands.interaction_inputs import read_links
from services.contacts.domain.interaction import Interaction, InteractionState, Links
from services.contacts.domain.plan import known_zone
from services.contacts.domain.problems import Problems
from services.contacts.domain.reminder import Reminder
from services.contacts.domain.schedule import Schedule
from services.contacts.storage.interactions import Interactions
from services.contacts.storage.reminders import Reminders, reminder_view
from services.contacts.storage.staff import Staff

Minutes = Annotated[int, Field(ge=0, le=366 * 24 * 60)]


@dataclass(frozen=True, kw_only=True)
class SetReminder:
    """Ask that a manager, by default the one who asks, be reminded at a moment, or so long before a planned interaction."""

    manager_id: UUID | None = None
    at: AwareDatetime | None = None
    minutes_before: Minutes | None = None
    recurrence: str | None = None
    time_zone: str | None = None
    note: str | None = None
    partner_id: UUID | None = None
    deal_id: UUID | None = None
    claim_id: UUID | None = None
    interaction_id: UUID | None = None


def set_reminder(command: SetReminder, tx: Transaction, actor: Actor) -> Json:
    """Set a reminder and answer it; raise Refused with everything that does not fit."""
    problems = Problems()
    schedule: Schedule | None = None
    with problems.under():
        manager = recipient(command.manager_id, tx, actor)
    with problems.under():
        subject = _subject(command, tx, actor)
    with problems.under():
        schedule = _schedule(command, tx, actor)
    problems.settle()
    assert schedule is not None  # or there was a problem
    reminder = Reminder.set(
        schedule,
        manager_id=manager,
        subject_id=subject,
        deal_id=command.deal_id,
        note=command.note,
        follows_plan=command.minutes_before is not None,
        now=tx.now,
    )
    Reminders(tx, actor).add(reminder)
    return reminder_view(reminder)


def recipient(manager_id: UUID | None, tx: Transaction, actor: Actor) -> UUID:
    """Tell who is to be reminded: who is named and is there, or the manager who asks; raise Refused."""
    manager = manager_id or actor.member_id
    if manager is None:
        raise refuse("REQUIRED", "say which manager: who asks is none", "manager")
    Staff(tx.connection).check_manager(manager, "manager")
    return manager


def planned(interaction_id: UUID, tx: Transaction, actor: Actor) -> Interaction:
    """Read a planned interaction; raise Refused where there is none, or nothing is ahead of it."""
    interaction = Interactions(tx).lock(interaction_id, actor)
    if interaction.state is not InteractionState.PLANNED or interaction.plan is None:
        raise refuse("NOT_PLANNED", "only a planned interaction can be reminded of ahead", "interaction")
    return interaction


def _subject(command: SetReminder, tx: Transaction, actor: Actor) -> UUID | None:
    things = {
        "partner": command.partner_id,
        "deal": command.deal_id,
        "claim": command.claim_id,
        "interaction": command.interaction_id,
    }
    given = {name: id for name, id in things.items() if id is not None}
    if len(given) > 1:
        message = "a reminder is about one thing; leave out the others"
        raise Refused(*(Problem(code="INVALID", message=message, field=(name,)) for name in given))
    if command.interaction_id is not None:
        Interactions(tx).lock(command.interaction_id, actor)
    _check_reach(command, tx, actor)
    return next(iter(given.values()), None)


def _check_reach(command: SetReminder, tx: Transaction, actor: Actor) -> None:
    links = Links(
        partner_ids=(command.partner_id,) if command.partner_id else (),
        deal_ids=(command.deal_id,) if command.deal_id else (),
        claim_ids=(command.claim_id,) if command.claim_id else (),
    )
    try:
        read_links(links, tx, actor)
    except Refused as refusal:  # there the field is a list
        raise Refused(*(_single(problem) for problem in refusal.problems)) from None


def _single(problem: Problem) -> Problem:
    field = (problem.field[0].removesuffix("s"),) if problem.field else None
    return Problem(code=problem.code, message=problem.message, field=field, details=problem.details)


def _schedule(command: SetReminder, tx: Transaction, actor: Actor) -> Schedule:
    if command.minutes_before is not None:
        if command.at is not None or command.recurrence is not None:
            message = "minutesBefore follows the planned interaction; leave out at and recurrence"
            raise refuse("INVALID", message, "minutesBefore")
        if command.interaction_id is None:
            raise refuse("REQUIRED", "minutesBefore is before a planned interaction; name it", "interaction")
        interaction = planned(command.interaction_id, tx, actor)
        assert interaction.plan is not None  # planned ones have a plan
        return schedule_ahead(interaction, interaction.plan, timedelta(minutes=command.minutes_before))
    if command.at is None:
        raise refuse("REQUIRED", "say when: at, or minutesBefore a planned interaction", "at")
    zone = zone_of(command.time_zone, command.manager_id or actor.member_id, tx)
    return Schedule.of(command.at, known_zone(zone, "timeZone"), rule=command.recurrence)


def zone_of(given: str | None, manager_id: UUID | None, tx: Transaction) -> str:
    """Give the zone by whose clock a reminder recurs: what is given, the recipient's, or the enterprise's."""
    if given is not None or manager_id is None:
        return given or tx.enterprise.zone.key
    return Staff(tx.connection).zone_of(manager_id) or tx.enterprise.zone.key
