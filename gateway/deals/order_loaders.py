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

    @cached_property
    def shipments(self) -> Loader:
        """Shipments by id."""
        return self.by_ids("deals", "shipments_by_ids")

    @cached_property
    def payments(self) -> Loader:
        """Payments by id."""
        return self.by_ids("deals", "payments_by_ids")

    @cached_property
    def obligations(self) -> Loader:
        """Obligations by id."""
        return self.by_ids("deals", "obligations_by_ids")

    @cached_property
    def shipments_of_deals(self) -> Loader:
        """The shipments of each deal."""
        return self.of_things("deals", "shipments_of_deals", "deal_ids", "shipments")

    @cached_property
    def returns_of_deals(self) -> Loader:
        """The returns of each deal."""
        return self.of_things("deals", "returns_of_deals", "deal_ids", "returns")

    @cached_property
    def payments_of_deals(self) -> Loader:
        """The payments of each deal."""
        return self.of_things("deals", "payments_of_deals", "deal_ids", "payments")

    @cached_property
    def obligations_of_deals(self) -> Loader:
        """The obligations of each deal."""
        return self.of_things("deals", "obligations_of_deals", "deal_ids", "obligations")

    @cached_property
    def supplier_orders(self) -> Loader:
        """Supplier orders by id."""
        return self.by_ids("deals", "supplier_orders_by_ids")

    @cached_property
    def files(self) -> Loader:
        """References to files by id."""
        return self.by_ids("deals", "files_by_ids")

    @cached_property
    def supplier_orders_of_deals(self) -> Loader:
        """The supplier orders of each deal."""
        return self.of_things("deals", "supplier_orders_of_deals", "deal_ids", "supplier_orders")

    @cached_property
    def files_of_deals(self) -> Loader:
        """The references to files of each deal."""
        return self.of_things("deals", "files_of_deals", "deal_ids", "files")

    @cached_property
    def shortages_of_deals(self) -> Loader:
        """What is short of each deal."""
        return self.of_things("deals", "shortages_of_deals", "deal_ids", "shortages")

    @cached_property
    def claim_documents_of_deals(self) -> Loader:
        """The claims about each deal, as documents."""
        return self.of_things("claims", "documents_of_deals", "deal_ids", "documents")
