"""Erasing what reporting holds about an erased person."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.events import Heard
from chassis.store.database import Transaction
from chassis.store.erasing import erase_mentions


@dataclass(frozen=True, kw_only=True)
class PersonErased:
    """What this service reads of `person.erased`."""

    person_id: UUID


def erase_person(event: Heard, tx: Transaction) -> None:
    """Erase the free text of messages that mention the person; no table of this service knows any."""
    erase_mentions(tx, {event.read(PersonErased).person_id})
