"""The guard `goods_shipped`."""

from __future__ import annotations

from services.deals.domain.guards.guard import Guard, StageFacts


class GoodsShipped(Guard):
    """All that was ordered is with the client."""

    name = "goods_shipped"
    description = "A shipment completed what was ordered, and nothing of it came back since."
    missing = "ship what is left of the order"

    def met(self, facts: StageFacts) -> bool:
        """Tell whether all goods are shipped."""
        return facts.is_shipped()
