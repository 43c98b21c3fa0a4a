"""The guard `proposal_accepted`."""

from __future__ import annotations

from services.deals.domain.guards.guard import Guard, StageFacts


class ProposalAccepted(Guard):
    """The terms are agreed: the client has accepted a proposal."""

    name = "proposal_accepted"
    description = "ACCEPTED is the response that counts for a version of a proposal of the deal."
    missing = "record that the client has accepted a proposal"

    def met(self, facts: StageFacts) -> bool:
        """Tell whether a proposal is accepted."""
        return facts.has_accepted_proposal()
