"""The timer that looks at a claim when one of its deadlines nears or passes."""

from __future__ import annotations

from chassis.store.database import Transaction
from services.claims.domain.claim import Claim
from services.claims.domain.escalation import upcoming

DEADLINE = "claim.deadline"
"""The timer's name; its key is the claim's id."""


def watch(tx: Transaction, claim: Claim) -> None:
    """Set the timer to the next moment at which somebody is to be told; take it away where there is none."""
    coming = upcoming(claim, tx.enterprise.calendar)
    if coming:
        tx.schedule(DEADLINE, str(claim.id), coming[0].at)
    else:
        tx.cancel(DEADLINE, str(claim.id))
