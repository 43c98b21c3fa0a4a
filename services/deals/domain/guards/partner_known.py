"""The guard `partner_known`."""

from __future__ import annotations

from services.deals.domain.guards.guard import Guard, StageFacts


class PartnerKnown(Guard):
    """Somebody knows who is asking: the deal has a partner."""

    name = "partner_known"
    description = "The deal has a partner; from then on it always has one."
    missing = "give the deal its partner"

    def met(self, facts: StageFacts) -> bool:
        """Tell whether the deal has a partner."""
        return facts.partner_id is not None
