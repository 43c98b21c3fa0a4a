"""Putting on the timeline what other services tell."""

from __future__ import annotations

from dataclasses import replace

from chassis.events import Heard
from chassis.store.database import Transaction
from services.contacts.domain.timeline import FactSubjects
from services.contacts.storage.copies import deal_of_claim
from services.contacts.storage.timeline import heard_entry, record


def record_fact(event: Heard, tx: Transaction) -> None:
    """Record a fact under all that it names; one heard before stays as it is."""
    subjects: FactSubjects = event.read(FactSubjects)
    if subjects.claim_id is not None and subjects.deal_id is None:
        subjects = replace(subjects, deal_id=deal_of_claim(tx.connection, subjects.claim_id))
    record(tx.connection, [heard_entry(event, subjects)])
