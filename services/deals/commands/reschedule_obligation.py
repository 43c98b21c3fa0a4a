"""Reschedule an obligation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis.actor import Actor
from chassis.clock import day_of
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import obligation_json
from services.deals.storage.books import Books
from services.deals.storage.deals import Deals
from services.deals.storage.documents import deal_of_document
from services.deals.storage.tables import obligations
from services.deals.storage.valuing import due_or_today, one_valued


@dataclass(frozen=True, kw_only=True)
class RescheduleObligation:
    """Agree on another day by which something is owed."""

    obligation_id: UUID
    due_on: date
    expected_version: int | None = None


def reschedule_obligation(command: RescheduleObligation, tx: Transaction, actor: Actor) -> Json:
    """Put an open obligation off, or draw it near; the original day stays on record. Answer the obligation."""
    deal = deal_of_document(tx, Deals(tx, actor), obligations, command.obligation_id, "obligation", "obligation")
    books = Books(tx, deal)
    obligation = books.ledger.obligation(command.obligation_id, command.expected_version)
    obligation.reschedule(command.due_on)
    books.close(tx.now)
    return one_valued(tx, obligation_json(obligation, day_of(tx.now, tx.enterprise.zone)), due_or_today(tx))
