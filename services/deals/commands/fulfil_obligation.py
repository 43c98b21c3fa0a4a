"""Fulfil an obligation by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from chassis.actor import Actor
from chassis.clock import day_of
from chassis.errors import refuse
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import obligation_json
from services.deals.commands.inputs import AmountInput
from services.deals.commands.obligation_inputs import size_of
from services.deals.domain.obligation import Obligation
from services.deals.storage.books import Books
from services.deals.storage.deals import Deals
from services.deals.storage.documents import day_of_document, deal_of_document, moment_of
from services.deals.storage.tables import obligations
from services.deals.storage.valuing import due_or_today, one_valued


@dataclass(frozen=True, kw_only=True)
class FulfilObligation:
    """Say that an obligation is fulfilled, all that is left of it unless less is named, today unless a day is."""

    obligation_id: UUID
    amount: AmountInput | None = None
    quantity: Decimal | None = None
    fulfilled_on: date | None = None
    expected_version: int | None = None


def fulfil_obligation(command: FulfilObligation, tx: Transaction, actor: Actor) -> Json:
    """Fulfil what no payment and no shipment of the deal does; answer the obligation."""
    deal = deal_of_document(tx, Deals(tx, actor), obligations, command.obligation_id, "obligation", "obligation")
    today = day_of(tx.now, tx.enterprise.zone)
    day = day_of_document(tx, deal, command.fulfilled_on or today, "fulfilledOn")
    books = Books(tx, deal)
    obligation = books.ledger.obligation(command.obligation_id, command.expected_version)
    obligation.fulfil_by_hand(_size(command, obligation), on=day)
    books.close(moment_of(tx, deal, day))
    return one_valued(tx, obligation_json(obligation, today), due_or_today(tx))


def _size(command: FulfilObligation, obligation: Obligation) -> int:
    if command.amount is None and command.quantity is None:
        return obligation.left
    size, currency = size_of(command.amount, command.quantity)
    if currency != obligation.currency:
        owed = f"money in {obligation.currency}" if obligation.currency else "a quantity"
        raise refuse("CURRENCY_MISMATCH", f"it is {owed} that is owed", "amount" if command.amount else "quantity")
    return size
