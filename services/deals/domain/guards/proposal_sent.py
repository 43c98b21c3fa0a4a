"""The guard `proposal_sent`."""

from __future__ import annotations

from services.deals.domain.guards.guard import Guard, StageFacts


class ProposalSent(Guard):
    """There is something to present: the client has been sent a proposal."""

    name = "proposal_sent"
    description = "A version of a proposal of the deal has been sent to the client, whatever became of it."
    missing = "send the client a proposal"

    def met(self, facts: StageFacts) -> bool:
        """Tell whether a proposal has been sent."""
        return facts.has_sent_proposal()
