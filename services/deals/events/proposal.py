"""What is told of proposals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chassis.events import Published
from services.deals.domain.amount import Amount
from services.deals.domain.deal import Deal
from services.deals.domain.proposal import FactKind, ProposalFact, ResponseKind
from services.deals.events.deal import AmountTold, amount_told
from services.deals.events.document import OfDocument, of_document


@dataclass(frozen=True, kw_only=True)
class OfProposal(OfDocument):
    """What every event of a proposal carries: which version of the offer it is about, and what that comes to.

    The amount is with tax; null while it depends on the alternative that the client takes.
    """

    proposal_id: UUID
    proposal_version: int
    sent_at: datetime
    valid_until: date
    amount: AmountTold | None


@dataclass(frozen=True, kw_only=True)
class ProposalSent(OfProposal, Published, type="proposal.sent", subject="proposal_id"):
    """A version of a proposal has gone to the client."""


@dataclass(frozen=True, kw_only=True)
class ProposalResponded(OfProposal, Published, type="proposal.responded", subject="proposal_id"):
    """A client has answered a version, or its validity has ended without an answer; a later response replaces this one."""

    response: ResponseKind
    reason: str | None
    competitor_id: UUID | None
    deferred_until: date | None


@dataclass(frozen=True, kw_only=True)
class ProposalSuperseded(OfProposal, Published, type="proposal.superseded", subject="proposal_id"):
    """Another version has taken a version's place: no response to it counts any more, not even one told before."""


def proposal_told(deal: Deal, fact: ProposalFact, amount: Amount | None) -> Published:
    """Make the event for a fact about a version of a proposal, which comes to `amount`."""
    version, response = fact.version, fact.version.response
    told: dict[str, Any] = {
        **of_document(deal),
        "sequence": fact.sequence,
        "occurred_at": fact.occurred_at,
        "proposal_id": fact.proposal.id,
        "proposal_version": version.number,
        "sent_at": version.sent_at,
        "valid_until": version.offer.valid_until,
        "amount": amount_told(amount),
    }
    match fact.kind:
        case FactKind.SENT:
            return ProposalSent(**told)
        case FactKind.SUPERSEDED:
            return ProposalSuperseded(**told)
        case FactKind.RESPONDED:
            assert response is not None
            return ProposalResponded(
                **told,
                response=response.kind,
                reason=response.reason,
                competitor_id=response.competitor_id,
                deferred_until=response.deferred_until,
            )
