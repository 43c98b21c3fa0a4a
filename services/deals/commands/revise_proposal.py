"""Revise a proposal that is sent."""

from __future__ import annotations

from dataclasses import dataclass

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.commands.keep_proposals import keep_proposals
from services.deals.commands.proposal_inputs import AboutProposal, OfferChange
from services.deals.storage.deals import Deals
from services.deals.storage.documents import deal_of_document
from services.deals.storage.proposal_view import proposal_shown
from services.deals.storage.proposals import Proposals
from services.deals.storage.tables import proposals as proposals_table


@dataclass(frozen=True, kw_only=True)
class ReviseProposal(OfferChange, AboutProposal):
    """Ask for the next version of a proposal, as a draft; what is not named is as in the version before."""


def revise_proposal(command: ReviseProposal, tx: Transaction, actor: Actor) -> Json:
    """Begin the next version of a proposal; answer the proposal. What the client has stands until the draft is sent."""
    deals, proposals = Deals(tx, actor), Proposals(tx, actor)
    of_deal = proposals.of_deal(
        deal_of_document(tx, deals, proposals_table, command.proposal_id, "proposal", "proposal")
    )
    proposal = of_deal.get(command.proposal_id)
    proposal.require_version(command.expected_version)
    of_deal.deal.require_open()
    proposal.revise(command.applied_to(proposal.latest.offer))
    keep_proposals(of_deal, proposals, deals, tx)
    return proposal_shown(tx, proposal.id)
