"""The guard `supplier_orders_placed`."""

from __future__ import annotations

from services.deals.domain.guards.guard import Guard, StageFacts


class SupplierOrdersPlaced(Guard):
    """Nothing is short."""

    name = "supplier_orders_placed"
    description = "The deal has a confirmed customer order, and all of it is in stock or on supplier orders."
    missing = "order from suppliers what is short"

    def met(self, facts: StageFacts) -> bool:
        """Tell whether an order is confirmed and nothing of it is short."""
        return facts.has_confirmed_order() and not facts.has_shortage()
