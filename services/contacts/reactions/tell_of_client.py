"""Reminding managers of clients who wait too long, or are not satisfied, by what claims tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from chassis.actor import SYSTEM
from chassis.events import Heard
from chassis.store.database import Transaction
from services.contacts.domain.reminder import Reminder
from services.contacts.domain.schedule import Schedule
from services.contacts.storage.partners import Partners
from services.contacts.storage.reminders import Reminders
from services.contacts.storage.staff import Staff

_AT_ONCE = timedelta(microseconds=1)


@dataclass(frozen=True, kw_only=True)
class ClaimEscalated:
    """What this service reads of `claim.escalated`."""

    claim_id: UUID
    escalated_to_id: UUID | None = None
    deal_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class LowSatisfaction:
    """What this service reads of `satisfaction.low`; what is about a deal is seen to by deals."""

    scale: str
    score: int
    partner_id: UUID | None = None
    deal_id: UUID | None = None
    claim_id: UUID | None = None
    manager_id: UUID | None = None


def tell_of_escalated_claim(event: Heard, tx: Transaction) -> None:
    """Remind whoever the claim was escalated to."""
    told = event.read(ClaimEscalated)
    if told.escalated_to_id is not None:
        _remind(told.escalated_to_id, told.claim_id, told.deal_id, None, event, tx)


def tell_of_low_satisfaction(event: Heard, tx: Transaction) -> None:
    """Remind whoever is responsible, or else who manages the partner, that a client is not satisfied."""
    told = event.read(LowSatisfaction)
    if told.deal_id is not None or told.partner_id is None:
        return
    partner = Partners(tx).find(told.partner_id)
    manager_id = told.manager_id or (partner.manager_id if partner is not None else None)
    if manager_id is not None:
        note = f"The client is not satisfied: {told.scale} {told.score}"
        _remind(manager_id, told.claim_id or told.partner_id, None, note, event, tx)


def _remind(
    manager_id: UUID, subject_id: UUID, deal_id: UUID | None, note: str | None, event: Heard, tx: Transaction
) -> None:
    if manager_id not in Staff(tx.connection).managers_by_ids([manager_id]):
        return
    reminder = Reminder.set(
        Schedule.of(tx.now + _AT_ONCE, tx.enterprise.zone),
        manager_id=manager_id,
        subject_id=subject_id,
        deal_id=deal_id,
        note=note,
        escalated=note is None,
        origin=f"{event.type}:{event.id}",
        now=tx.now,
    )
    reminders = Reminders(tx, SYSTEM)
    if reminders.of_origin(reminder.origin or "") is None:
        reminders.add(reminder)
