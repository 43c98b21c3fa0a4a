"""Change a customer order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from uuid import UUID

from chassis.actor import Actor
from chassis.clock import day_of
from chassis.errors import refuse
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import order_json
from services.deals.commands.inputs import UNSET
from services.deals.commands.order_inputs import OrderLines, wanted
from services.deals.events import CustomerOrderChanged
from services.deals.storage.books import Books
from services.deals.storage.deals import Deals
from services.deals.storage.documents import deal_of_document
from services.deals.storage.tables import customer_orders
from services.deals.storage.valuing import one_valued


@dataclass(frozen=True, kw_only=True)
class ChangeCustomerOrder:
    """Ask that an order be as is said here; what is not named stays as it is, and `lines` are all its lines."""

    order_id: UUID
    expected_version: int | None = None
    lines: OrderLines = UNSET
    promised_on: date | None = UNSET
    payment_due_on: date | None = UNSET


def change_customer_order(command: ChangeCustomerOrder, tx: Transaction, actor: Actor) -> Json:
    """Change a draft or a confirmed order; answer the order. A change to what already is writes and tells nothing."""
    deals = Deals(tx, actor)
    deal = deal_of_document(tx, deals, customer_orders, command.order_id, "customer order", "order")
    deal.require_open()
    books = Books(tx, deal)
    order = books.order(command.order_id)
    order.require_version(command.expected_version)
    if all(given is UNSET for given in (command.lines, command.promised_on, command.payment_due_on)):
        raise refuse("REQUIRED", "name at least one field to change")
    changed = order.change(
        lines=None if command.lines is UNSET else wanted(command.lines, tax_included=order.tax_included),
        promised_on=order.promised_on if command.promised_on is UNSET else command.promised_on,
        payment_due_on=order.payment_due_on if command.payment_due_on is UNSET else command.payment_due_on,
    )
    if changed and order.is_binding:
        assert order.confirmed_at is not None
        books.tell(CustomerOrderChanged, order, tx.now)
        agreed_on = day_of(order.confirmed_at, tx.enterprise.zone)
        books.ledger.follow_order(order, agreed_on, books.before(order))
    books.close(tx.now)
    if order.is_binding:
        deals.count_goods(deal, shipped=books.all_shipped)
    return one_valued(tx, order_json(order), itemgetter("ordered_on"))
