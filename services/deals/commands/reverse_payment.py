"""Reverse a payment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from uuid import UUID

from chassis.actor import Actor
from chassis.clock import day_of
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import payment_json
from services.deals.events import payment_told
from services.deals.storage.amounts import in_base
from services.deals.storage.books import Books
from services.deals.storage.deals import Deals
from services.deals.storage.documents import day_of_document, deal_of_document, moment_of
from services.deals.storage.ledgers import Ledgers
from services.deals.storage.tables import payments
from services.deals.storage.valuing import one_valued


@dataclass(frozen=True, kw_only=True)
class ReversePayment:
    """Say that money that came went back, today if no day is named."""

    payment_id: UUID
    reversed_on: date | None = None


def reverse_payment(command: ReversePayment, tx: Transaction, actor: Actor) -> Json:
    """Take a payment back and reopen what it had fulfilled; answer the payment."""
    deal = deal_of_document(tx, Deals(tx, actor), payments, command.payment_id, "payment", "payment")
    day = command.reversed_on or day_of(tx.now, tx.enterprise.zone)
    reversed_on = day_of_document(tx, deal, day, "reversedOn")
    books = Books(tx, deal)
    payment = next(one for one in books.ledger.payments if one.id == command.payment_id)
    books.ledger.reverse(payment, reversed_on)
    reversed_at = moment_of(tx, deal, reversed_on)
    Ledgers(tx).save_payment(payment)
    # at the rate at which it came: what is taken back is as much as was told
    amount = in_base(tx, payment.money, moment_of(tx, deal, payment.paid_on))
    tx.emit(payment_told(deal, payment, amount, reversed_at))
    books.close(reversed_at)
    return one_valued(tx, payment_json(payment, 0), itemgetter("paid_on"))
