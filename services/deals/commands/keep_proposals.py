"""How every command about proposals ends: the proposals are written, told, and watched for the end of their validity."""

from __future__ import annotations

from chassis.store.database import Transaction
from services.deals.domain.amount import Amount
from services.deals.domain.deal_proposals import DealProposals, end_of
from services.deals.domain.proposal import FactKind, ProposalFact
from services.deals.events import proposal_told
from services.deals.storage.deals import Deals
from services.deals.storage.proposals import Proposals

EXPIRY = "proposal.expiry"
"""The timer that stands for each version that waits for an answer; its key is the version's id."""


def keep_proposals(
    changed: DealProposals, proposals: Proposals, deals: Deals, tx: Transaction, *, imported: bool = False
) -> None:
    """Write what has changed of a deal's proposals, and tell it; imported facts set no timers."""
    proposals.save(changed)
    facts = changed.facts()
    if facts:
        deals.save(changed.deal)  # the deal knows when its last fact happened
    for fact in facts:
        tx.emit(proposal_told(changed.deal, fact, _amount(fact, changed)))
        _watch(fact, changed, tx, imported=imported)


def _amount(fact: ProposalFact, changed: DealProposals) -> Amount | None:
    """Give what the client accepted, or what was offered, at the rate of the day on which it was sent."""
    version = fact.version
    if version.response is not None and version.response.amount is not None:
        return version.response.amount
    totals = version.offer.totals
    return changed.amount_of(totals, version.sent_at or fact.occurred_at) if totals else None


def _watch(fact: ProposalFact, changed: DealProposals, tx: Transaction, *, imported: bool) -> None:
    until = fact.version.offer.valid_until
    if fact.kind is not FactKind.SENT:
        tx.cancel(EXPIRY, str(fact.version.id))
    elif until is not None and not imported:
        data = {"deal_id": changed.deal.id}
        tx.schedule(EXPIRY, str(fact.version.id), end_of(until, changed.zone), data)
