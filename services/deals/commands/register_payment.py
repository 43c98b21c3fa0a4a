"""Register a payment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from uuid import UUID

from chassis.actor import Actor
from chassis.errors import Refused, refuse
from chassis.money import Money
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import payment_json
from services.deals.commands.inputs import AmountInput, DocumentNumber, ExternalRefInput
from services.deals.domain.customer_order import OrderStatus
from services.deals.domain.payment import Payment
from services.deals.events import payment_told
from services.deals.storage.amounts import in_base
from services.deals.storage.books import Books
from services.deals.storage.deals import Deals
from services.deals.storage.documents import day_of_document, moment_of, next_number
from services.deals.storage.ledgers import Ledgers
from services.deals.storage.tables import payments
from services.deals.storage.valuing import one_valued


@dataclass(frozen=True, kw_only=True)
class RegisterPayment:
    """Say that money came from the client, against an order or, with none named, against what is due first."""

    deal_id: UUID
    amount: AmountInput
    paid_on: date
    order_id: UUID | None = None
    number: DocumentNumber | None = None
    external_ref: ExternalRefInput | None = None


def register_payment(command: RegisterPayment, tx: Transaction, actor: Actor) -> Json:
    """Register a payment of a deal, which may be closed; answer the payment."""
    deal = Deals(tx, actor).get(command.deal_id)
    books = Books(tx, deal)
    payment = Payment.receive(
        deal_id=deal.id,
        order_id=command.order_id,
        number=command.number or next_number(tx, payments, deal, "M"),
        money=_money(command.amount),
        paid_on=day_of_document(tx, deal, command.paid_on, "paidOn"),
        external_ref=command.external_ref.to_domain() if command.external_ref else None,
    )
    _check_order(payment, books)
    paid_at = moment_of(tx, deal, payment.paid_on)
    Ledgers(tx).add_payment(payment)
    tx.emit(payment_told(deal, payment, in_base(tx, payment.money, paid_at), paid_at))
    books.ledger.receive(payment)
    books.close(paid_at)
    return one_valued(tx, payment_json(payment, books.ledger.allocated(payment)), itemgetter("paid_on"))


def _money(given: AmountInput) -> Money:
    try:
        return Money.of(given.amount, given.currency)
    except Refused as error:
        raise Refused(*(problem.under("amount") for problem in error.problems)) from None


def _check_order(payment: Payment, books: Books) -> None:
    """Raise Refused if a payment is for no order that stands, or in a currency in which nobody ordered."""
    asked = [books.order(payment.order_id)] if payment.order_id else books.orders
    standing = [order for order in asked if order.status is not OrderStatus.CANCELLED]
    if payment.order_id and not standing:
        raise refuse("ORDER_CANCELLED", "the order is cancelled; leave it out to pay for what else is due", "order")
    currencies = sorted({order.totals.currency for order in standing})
    if currencies and payment.money.currency not in currencies:
        message = f"what was ordered is to be paid in {', '.join(currencies)}, not in {payment.money.currency}"
        raise refuse("CURRENCY_MISMATCH", message, "amount", "currency")
