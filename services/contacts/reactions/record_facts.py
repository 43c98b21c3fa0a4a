"""Putting on the timeline what other services tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from chassis.events import Heard
from chassis.store.database import Transaction
from services.contacts.domain.timeline import Entry, FactSubjects
from services.contacts.storage.copies import deal_of_claim
from services.contacts.storage.timeline import heard_entry, record


def record_facts(events: Sequence[Heard], tx: Transaction) -> None:
    """Record facts under all that they name; one heard before stays as it is."""
    record(tx.connection, [_entry(event, tx) for event in events])


def _entry(event: Heard, tx: Transaction) -> Entry:
    subjects: FactSubjects = event.read(FactSubjects)
    if subjects.claim_id is not None and subjects.deal_id is None:
        subjects = replace(subjects, deal_id=deal_of_claim(tx.connection, subjects.claim_id))
    return heard_entry(event, subjects)
