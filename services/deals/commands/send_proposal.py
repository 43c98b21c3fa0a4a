"""Send a proposal to the client."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.clock import day_of
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import deal_answer
from services.deals.commands.inputs import UNSET, Instant, require_import_for
from services.deals.commands.keep_proposals import keep_proposals
from services.deals.commands.proposal_inputs import OfferChange
from services.deals.domain.deal_proposals import DealProposals
from services.deals.domain.offer import Offer, require_validity
from services.deals.domain.problems import together
from services.deals.domain.proposal import Proposal
from services.deals.storage.deals import Deals
from services.deals.storage.documents import next_number
from services.deals.storage.proposal_view import proposal_shown
from services.deals.storage.proposals import Proposals
from services.deals.storage.tables import proposals as proposals_table
from services.deals.storage.terms import terms_in_force


@dataclass(frozen=True, kw_only=True)
class SendProposal(OfferChange):
    """Say that an offer goes to the client: a new proposal, or the next version of one.

    With a proposal that has a draft, the draft is sent, with what is named here changed; without one the next version
    is made of the last.
    """

    deal_id: UUID
    proposal_id: UUID | None = None
    expected_version: int | None = None
    occurred_at: Instant | None = None


def send_proposal(command: SendProposal, tx: Transaction, actor: Actor) -> Json:
    """Send a version of a proposal; answer the proposal and the deal."""
    require_import_for(command.occurred_at, actor)
    deals, proposals = Deals(tx, actor), Proposals(tx, actor)
    of_deal = proposals.of_deal(deals.get(command.deal_id))
    day = day_of(command.occurred_at or tx.now, tx.enterprise.zone)
    if command.proposal_id is None:
        proposal = _new(command, of_deal, tx)
    else:
        proposal = _next(command, of_deal.get(command.proposal_id))
    terms = terms_in_force(tx.connection, of_deal.deal, day)
    of_deal.send(proposal, terms=terms, at=command.occurred_at, now=tx.now)
    keep_proposals(of_deal, proposals, deals, tx, imported=command.occurred_at is not None)
    return {
        "proposal": proposal_shown(tx, proposal.id),
        "deal": deal_answer(of_deal.deal, tx.enterprise.base_currency),
    }


def _new(command: SendProposal, of_deal: DealProposals, tx: Transaction) -> Proposal:
    day = day_of(command.occurred_at or tx.now, tx.enterprise.zone)
    until = None if command.valid_until is UNSET else command.valid_until
    made: list[Offer] = []
    together(lambda: made.append(command.made()), lambda: require_validity(until, day))
    return of_deal.draft(made[0], number=next_number(tx, proposals_table, of_deal.deal, "P"), now=tx.now)


def _next(command: SendProposal, proposal: Proposal) -> Proposal:
    proposal.require_version(command.expected_version)
    if not command.says_something:
        return proposal
    offer = command.applied_to(proposal.latest.offer)
    if not proposal.has_draft:
        proposal.revise(offer)
    else:
        proposal.change(offer)
    return proposal
