"""Erasing what deals hold about an erased person."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.events import Heard
from chassis.store.database import Transaction
from chassis.store.erasing import erase_mentions
from services.deals.storage.audit import erase_in_audit


@dataclass(frozen=True, kw_only=True)
class PersonErased:
    """What this service reads of `person.erased`."""

    person_id: UUID


def erase_person(event: Heard, tx: Transaction) -> None:
    """Erase the free text that mentions the person: in the audit, and in messages that wait."""
    person_id = event.read(PersonErased).person_id
    erase_in_audit(tx, person_id)
    erase_mentions(tx, {person_id})
