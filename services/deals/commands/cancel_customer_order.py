"""Cancel a customer order."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import order_json
from services.deals.events import CustomerOrderCancelled
from services.deals.storage.books import Books
from services.deals.storage.deals import Deals
from services.deals.storage.documents import deal_of_document
from services.deals.storage.tables import customer_orders
from services.deals.storage.valuing import one_valued


@dataclass(frozen=True, kw_only=True)
class CancelCustomerOrder:
    """Take an order back, also one of a deal that is lost."""

    order_id: UUID
    expected_version: int | None = None


def cancel_customer_order(command: CancelCustomerOrder, tx: Transaction, actor: Actor) -> Json:
    """Cancel an order of which nothing is with the client; answer the order."""
    deals = Deals(tx, actor)
    deal = deal_of_document(tx, deals, customer_orders, command.order_id, "customer order", "order")
    books = Books(tx, deal)
    order = books.order(command.order_id)
    order.require_version(command.expected_version)
    was_agreed = order.is_binding
    order.cancel()
    if was_agreed:  # nobody has heard of a draft
        books.tell(CustomerOrderCancelled, order, tx.now)
        books.ledger.drop_order(order.id)
    books.close(tx.now)
    if was_agreed:
        deals.count_goods(deal, shipped=books.all_shipped)
    return one_valued(tx, order_json(order), itemgetter("ordered_on"))
