"""The guard `client_classified`."""

from __future__ import annotations

from services.deals.domain.guards.guard import Guard, StageFacts


class ClientClassified(Guard):
    """The client is classified: sale terms for the client, or for this deal, are effective."""

    name = "client_classified"
    description = (
        "Sale terms are registered, for the client or for the deal, that are effective on the day of the move."
    )
    missing = "register sale terms for the client that are effective on this day"

    def met(self, facts: StageFacts) -> bool:
        """Tell whether effective sale terms are registered."""
        return facts.partner_id is not None and facts.has_effective_terms()
