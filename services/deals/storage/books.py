"""The books of a deal: its customer orders and its ledger, read together under its lock and written together."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from chassis.errors import refuse
from chassis.store.database import Transaction
from services.deals.domain.customer_order import CustomerOrder, OrderStatus
from services.deals.domain.deal import Deal
from services.deals.domain.supplier_order import Shortage
from services.deals.events import CustomerOrderClosed, CustomerOrderReopened, order_told
from services.deals.events.customer_order import OfCustomerOrder
from services.deals.storage.amounts import in_base
from services.deals.storage.customer_orders import CustomerOrders
from services.deals.storage.ledgers import Ledgers


class Books:
    """What was ordered within a deal that a transaction holds, and what is owed for it."""

    def __init__(self, tx: Transaction, deal: Deal) -> None:
        self._tx = tx
        self._deal = deal
        self._orders = CustomerOrders(tx)
        self._ledgers = Ledgers(tx)
        self.orders = self._orders.of_deal(deal.id)
        self.ledger = self._ledgers.of(deal)
        self._before = {order.id: replace(order) for order in self.orders}

    @property
    def binding(self) -> list[CustomerOrder]:
        """The orders that are agreed on, the oldest first."""
        return [order for order in self.orders if order.is_binding]

    @property
    def all_shipped(self) -> bool:
        """Whether something is ordered, and all of it has left."""
        return bool(self.binding) and all(order.is_shipped for order in self.binding)

    def shortage(self) -> list[Shortage]:
        """Tell what of the orders that are agreed on is neither in stock nor on its way."""
        return [one for order in self.binding for one in order.shortage()]

    def order(self, order_id: UUID, *field: str) -> CustomerOrder:
        """Find an order; raise Refused with NOT_FOUND where the deal has no such one."""
        for order in self.orders:
            if order.id == order_id:
                return order
        raise refuse("NOT_FOUND", f"there is no customer order {order_id} in this deal", *(field or ("order",)))

    def before(self, order: CustomerOrder) -> CustomerOrder:
        """Give an order as it was when the books were opened."""
        return self._before[order.id]

    def tell(self, kind: type[OfCustomerOrder], order: CustomerOrder, occurred_at: datetime) -> None:
        """Tell of a fact of an order."""
        amount = in_base(self._tx, order.totals.to_pay, occurred_at)
        self._tx.emit(order_told(kind, self._deal, order, amount, occurred_at))

    def close(self, occurred_at: datetime) -> None:
        """Write and tell what has changed; orders that are shipped and paid are closed by it, or open again."""
        self._ledgers.save(self.ledger, self._deal, occurred_at)
        for order in self.orders:
            if order.conclude(paid=self.ledger.is_paid(order.id)):
                closed = order.status is OrderStatus.CLOSED
                self.tell(CustomerOrderClosed if closed else CustomerOrderReopened, order, occurred_at)
            if order != self._before[order.id]:
                self._orders.save(order)
