"""The guard `client_classified`."""

from __future__ import annotations

from services.deals.domain.guards.guard import StageFacts


class ClientClassified:
    """The client is classified: sale terms for the client, or for this deal, are effective."""

    name = "client_classified"
    missing = "register sale terms for the client that are effective on this day"

    def met(self, facts: StageFacts) -> bool:
        """Tell whether effective sale terms are registered."""
        return facts.partner_id is not None and facts.has_effective_terms()
