"""Change the draft of a proposal."""

from __future__ import annotations

from dataclasses import dataclass

from chassis.actor import Actor
from chassis.errors import refuse
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
class ChangeProposal(OfferChange, AboutProposal):
    """Ask that a draft change; what is not named stays as it is, null takes a value away."""


def change_proposal(command: ChangeProposal, tx: Transaction, actor: Actor) -> Json:
    """Change the draft of a proposal; answer the proposal. A change to what already is writes nothing."""
    if not command.says_something:
        raise refuse("REQUIRED", "name at least one field to change")
    deals, proposals = Deals(tx, actor), Proposals(tx, actor)
    of_deal = proposals.of_deal(
        deal_of_document(tx, deals, proposals_table, command.proposal_id, "proposal", "proposal")
    )
    proposal = of_deal.get(command.proposal_id)
    proposal.require_version(command.expected_version)
    of_deal.deal.require_open()
    proposal.change(command.applied_to(proposal.latest.offer))
    keep_proposals(of_deal, proposals, deals, tx)
    return proposal_shown(tx, proposal.id)
