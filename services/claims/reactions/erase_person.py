"""Erasing what claims hold about an erased person."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.events import Heard
from chassis.store.database import Transaction
from chassis.store.erasing import erase_mentions
from services.claims.storage.audit import erase_in_audit
from services.claims.storage.satisfaction import erase_words_of


@dataclass(frozen=True, kw_only=True)
class PersonErased:
    """What this service reads of `person.erased`."""

    person_id: UUID


def erase_person(event: Heard, tx: Transaction) -> None:
    """Erase what the person said in words, and the free text that mentions them: in the audit, and in messages that wait."""
    person_id = event.read(PersonErased).person_id
    erase_words_of(tx, person_id)
    erase_in_audit(tx, person_id)
    erase_mentions(tx, {person_id})
