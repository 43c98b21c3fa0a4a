"""The guard `order_confirmed`."""

from __future__ import annotations

from services.deals.domain.guards.guard import Guard, StageFacts


class OrderConfirmed(Guard):
    """The client's order is agreed on."""

    name = "order_confirmed"
    description = "The deal has a confirmed customer order."
    missing = "confirm the client's order"

    def met(self, facts: StageFacts) -> bool:
        """Tell whether an order of the deal is confirmed."""
        return facts.has_confirmed_order()
