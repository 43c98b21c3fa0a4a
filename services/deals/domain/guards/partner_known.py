"""The guard `partner_known`."""

from __future__ import annotations

from services.deals.domain.guards.guard import StageFacts


class PartnerKnown:
    """Somebody knows who is asking: the deal has a partner."""

    name = "partner_known"
    missing = "give the deal its partner"

    def met(self, facts: StageFacts) -> bool:
        """Tell whether the deal has a partner."""
        return facts.partner_id is not None
