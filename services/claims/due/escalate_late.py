"""Tell somebody above that a deadline of a claim nears, or has passed."""

from __future__ import annotations

from uuid import UUID

from chassis.actor import SYSTEM
from chassis.store.database import Transaction
from chassis.store.timers import Due
from services.claims.domain.claim import Claim
from services.claims.domain.escalation import Upcoming, upcoming
from services.claims.events import ClaimEscalated, of_claim
from services.claims.storage.claims import Claims
from services.claims.storage.copies import head_over_claim


def escalate_late(due: Due, tx: Transaction) -> None:
    """Escalate a claim for each deadline of which nobody was told, and set the timer to what comes next."""
    claims = Claims(tx, SYSTEM)
    claim = claims.get(UUID(due.key))
    while (late := _latest_due(claim, tx)) is not None:
        claim = claim.escalate(late.escalation, at=None, now=tx.now)
        claims.save(claim)
        tx.emit(
            ClaimEscalated(
                **of_claim(claim, tx.enterprise.calendar),
                reason=late.escalation.reason,
                escalated_to_id=head_over_claim(tx, claim),
                due_at=late.deadline,
            )
        )


def _latest_due(claim: Claim, tx: Transaction) -> Upcoming | None:
    """Give the escalation that is due: that a deadline has passed says more than that it was near."""
    found = [one for one in upcoming(claim, tx.enterprise.calendar) if one.at <= tx.now]
    return found[-1] if found else None
