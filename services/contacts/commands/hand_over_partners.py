"""Hand a manager's partners, with what is planned with them, over to another manager."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Annotated
from uuid import UUID

import sqlalchemy as sa
from pydantic import Field

from chassis.actor import SYSTEM, Actor
from chassis.errors import Forbidden, Problem, Refused, refuse
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.domain.hand_over import HandOver
from services.contacts.domain.interaction import InteractionState
from services.contacts.domain.problems import Problems
from services.contacts.domain.reminder import ReminderState
from services.contacts.events import InteractionHandedOver, PartnerChanged, PartnerHandedOver
from services.contacts.storage.changes import Changes
from services.contacts.storage.hand_overs import HandOvers, hand_over_view
from services.contacts.storage.interactions import Interactions
from services.contacts.storage.partners import Partners
from services.contacts.storage.reach import managers_in_reach, partners_in_reach
from services.contacts.storage.reminders import Reminders
from services.contacts.storage.staff import Staff
from services.contacts.storage.tables import managers, partners
from services.contacts.storage.timeline import tell

GO_ON = "hand_over.go_on"
"""The timer that hands over what one transaction would have held for too long."""

LARGEST = 10_000
BATCH = 500


@dataclass(frozen=True, kw_only=True)
class HandOverPartners:
    """Ask that a manager's partners, all or those that are named, be another's, and their plans and deals with them."""

    from_manager_id: UUID
    to_manager_id: UUID
    partner_ids: Annotated[list[UUID], Field(max_length=LARGEST)] | None = None
    deals: bool = True
    plans: bool = True
    reason: str | None = None


def hand_over_partners(command: HandOverPartners, tx: Transaction, actor: Actor) -> Json:
    """Hand over a first batch, and answer what has gone; a timer goes on with the others."""
    problems, staff = Problems(), Staff(tx.connection)
    with problems.under():
        staff.check_manager(command.from_manager_id, "fromManager")
    with problems.under():
        staff.check_manager(command.to_manager_id, "toManager")
    with problems.under():
        asked = HandOver.ask(
            from_manager_id=command.from_manager_id,
            to_manager_id=command.to_manager_id,
            deals=command.deals,
            plans=command.plans,
            reason=command.reason,
            by=actor.subject[:200],
            now=tx.now,
        )
    with problems.under():
        theirs = _partners(command, tx, actor)
    problems.settle()
    _require_reach(command.from_manager_id, tx, actor)
    HandOvers(tx).add(asked)
    return hand_over_view(go_on(asked, theirs, everything=command.partner_ids is None, tx=tx, actor=actor))


def go_on(asked: HandOver, partner_ids: Sequence[UUID], *, everything: bool, tx: Transaction, actor: Actor) -> HandOver:
    """Hand over a batch of partners and what is planned with them; with the last one all other plans go, if all do."""
    batch, rest = partner_ids[:BATCH], partner_ids[BATCH:]
    asked = replace(_gone(asked, batch, tx, actor), completed=not rest)
    if rest:
        tx.schedule(
            GO_ON, str(asked.id), tx.now, {"partner_ids": rest, "everything": everything, "actor": actor.to_claims()}
        )
    elif everything and asked.plans:
        asked = _plans_gone(asked, None, tx)
    HandOvers(tx).save(asked)
    return asked


def _require_reach(manager_id: UUID, tx: Transaction, actor: Actor) -> None:
    seen = sa.select(managers.c.id).where(managers.c.id == manager_id, managers_in_reach(actor, managers.c.id))
    if tx.connection.execute(seen).first() is None:
        raise Forbidden("you hand over what is yours or your team's; ask their team lead or the head of sales")


def _partners(command: HandOverPartners, tx: Transaction, actor: Actor) -> list[UUID]:
    """Find whom to hand over, in the order of ids; raise Refused for those that are not there or not the manager's."""
    read = sa.select(partners.c.id, partners.c.manager_id).where(partners_in_reach(actor)).order_by(partners.c.id)
    if command.partner_ids is None:
        read = read.where(partners.c.manager_id == command.from_manager_id).limit(LARGEST + 1)
        theirs = list(tx.connection.execute(read).scalars())
        if len(theirs) > LARGEST:
            raise refuse(
                "TOO_MANY", f"at most {LARGEST} partners are handed over at once; name some of them", "partners"
            )
        return theirs
    found = {
        row.id: row.manager_id for row in tx.connection.execute(read.where(partners.c.id.in_(command.partner_ids)))
    }
    problems = [
        _not_there(place, id) if id not in found else _not_theirs(place, id)
        for place, id in enumerate(command.partner_ids)
        if found.get(id) != command.from_manager_id
    ]
    if problems:
        raise Refused(*problems)
    return list(found)


def _not_there(place: int, id: UUID) -> Problem:
    return Problem(code="NOT_FOUND", message=f"there is no partner {id}", field=("partners", str(place)))


def _not_theirs(place: int, id: UUID) -> Problem:
    message = f"the partner {id} is not of the manager who hands over"
    return Problem(code="NOT_THEIR_PARTNER", message=message, field=("partners", str(place)))


def _gone(asked: HandOver, ids: Collection[UUID], tx: Transaction, actor: Actor) -> HandOver:
    """Hand over those of some partners that are still the manager's."""
    storage = Partners(tx)
    steps = [
        (before, replace(before, manager_id=asked.to_manager_id).next_version())
        for before in storage.lock_all(ids)
        if before.manager_id == asked.from_manager_id
    ]
    storage.save([after for _, after in steps])
    Changes(tx, actor).record_all((before, after, {}) for before, after in steps)
    for _, after in steps:
        tell(tx, PartnerChanged.of(after, ("manager_id",), tx.now), PartnerHandedOver.of(after, asked))
    asked = asked.went(partners=len(steps), interactions=0, reminders=0)
    return _plans_gone(asked, [after.id for _, after in steps], tx) if asked.plans and steps else asked


def _plans_gone(asked: HandOver, partner_ids: Collection[UUID] | None, tx: Transaction) -> HandOver:
    """Hand over planned interactions and reminders: those about some partners, or all that the manager has."""
    found, interactions, reminders = HandOvers(tx), Interactions(tx), Reminders(tx, SYSTEM)
    old, new = asked.from_manager_id, asked.to_manager_id
    plans = found.planned_with(old, partner_ids)
    held = [interactions.lock(id, SYSTEM) for id in plans]
    # found before they were held: what took place or was cancelled meanwhile stays whose it was
    planned = [one.handed_over(old, new) for one in held if one.state is InteractionState.PLANNED]
    for one in planned:
        interactions.save(one)
        interactions.rewrite_managers(one)
        tell(tx, InteractionHandedOver.of(one, old, new, tx.now))
    waiting = [reminders.lock(id) for id in found.reminders_of(old, partner_ids, plans)]
    active = [one.given_to(new) for one in waiting if one.state is ReminderState.ACTIVE]
    for reminder in active:
        reminders.save(reminder)
    return asked.went(partners=0, interactions=len(planned), reminders=len(active))
