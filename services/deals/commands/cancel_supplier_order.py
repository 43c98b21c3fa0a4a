"""Cancel a supplier order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from operator import itemgetter
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import supplier_order_json
from services.deals.events import SupplierOrderCancelled, of_supplier_order
from services.deals.storage.amounts import in_base
from services.deals.storage.books import Books
from services.deals.storage.deals import Deals
from services.deals.storage.documents import deal_of_document
from services.deals.storage.supplier_orders import SupplierOrders
from services.deals.storage.tables import supplier_orders
from services.deals.storage.valuing import one_valued


@dataclass(frozen=True, kw_only=True)
class CancelSupplierOrder:
    """Say that what has not come yet of a supplier order will not come."""

    supplier_order_id: UUID
    expected_version: int | None = None


def cancel_supplier_order(command: CancelSupplierOrder, tx: Transaction, actor: Actor) -> Json:
    """Cancel an order, by which what has not come is short again; answer the supplier order."""
    deal = deal_of_document(
        tx, Deals(tx, actor), supplier_orders, command.supplier_order_id, "supplier order", "supplierOrder"
    )
    orders = SupplierOrders(tx)
    order = orders.get(command.supplier_order_id)
    order.require_version(command.expected_version)
    missing = tuple(replace(one, quantity=one.left) for one in order.cancel())
    orders.save(order)
    books = Books(tx, deal)
    for one in missing:
        books.order(one.order_id).procure(one.order_line, -one.quantity)
    amount = in_base(tx, order.amount, tx.now) if order.amount else None
    tx.emit(SupplierOrderCancelled(**of_supplier_order(deal, order, missing, amount, tx.now)))
    books.close(tx.now)
    return one_valued(tx, supplier_order_json(order), itemgetter("ordered_on"))
