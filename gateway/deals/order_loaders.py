"""What is loaded by batch of orders, and of what follows from them."""

from __future__ import annotations

from functools import cached_property

from gateway.execution.loading import Loader, RequestLoaders


class OrderLoaders(RequestLoaders):
    """Orders, shipments, payments and obligations, by id and by deal."""

    @cached_property
    def customer_orders(self) -> Loader:
        """Customer orders by id."""
        return self.by_ids("deals", "customer_orders_by_ids")

    @cached_property
    def orders_of_deals(self) -> Loader:
        """The customer orders of each deal."""
        return self.of_things("deals", "customer_orders_of_deals", "deal_ids", "orders")
