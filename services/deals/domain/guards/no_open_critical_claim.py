"""The guard `no_open_critical_claim`."""

from __future__ import annotations

from services.deals.domain.guards.guard import Guard, StageFacts


class NoOpenCriticalClaim(Guard):
    """No critical claim about the deal waits for its resolution."""

    name = "no_open_critical_claim"
    description = (
        "No claim about the deal with the severity CRITICAL is unresolved. Claims are kept by another service:"
        " what is known of them here may be a moment old."
    )
    missing = "resolve the critical claims about the deal"

    def met(self, facts: StageFacts) -> bool:
        """Tell whether there is no such claim."""
        return not facts.has_open_critical_claim()
