"""Record what a client answered to a proposal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis.actor import Actor
from chassis.clock import day_of
from chassis.errors import refuse
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import deal_answer
from services.deals.commands.inputs import Instant, Remark, require_import_for
from services.deals.commands.keep_proposals import keep_proposals
from services.deals.commands.proposal_inputs import AlternativeName
from services.deals.domain.deal import Deal
from services.deals.domain.deal_proposals import Answer, DealProposals
from services.deals.domain.loss_reason import require_in_use
from services.deals.domain.proposal import Proposal, ProposalVersion, Response, ResponseKind
from services.deals.events import change_told
from services.deals.storage.deals import Deals
from services.deals.storage.documents import deal_of_document
from services.deals.storage.loss_reasons import loss_reason_list
from services.deals.storage.partner_roles import require_competitor
from services.deals.storage.proposal_view import proposal_shown
from services.deals.storage.proposals import Proposals
from services.deals.storage.tables import proposals as proposals_table
from services.deals.storage.terms import terms_in_force


@dataclass(frozen=True, kw_only=True)
class RecordProposalResponse:
    """Say how a client reacted to a version of a proposal; a response that is recorded later replaces this one.

    With the deal alone it is the one version that waits for an answer; with a proposal its newest sent version, or the
    one of a number. The total of an accepted version becomes the deal's amount, unless that is not wanted.
    """

    deal_id: UUID | None = None
    proposal_id: UUID | None = None
    number: int | None = None
    response: ResponseKind
    reason: str | None = None
    competitor_id: UUID | None = None
    deferred_until: date | None = None
    comment: Remark | None = None
    alternative: AlternativeName | None = None
    set_deal_amount: bool = True
    expected_version: int | None = None
    occurred_at: Instant | None = None

    def answer(self) -> Answer:
        """Give what the client answered."""
        return Answer(
            kind=self.response,
            reason=self.reason,
            competitor_id=self.competitor_id,
            deferred_until=self.deferred_until,
            comment=self.comment,
            alternative=self.alternative,
        )


def record_proposal_response(command: RecordProposalResponse, tx: Transaction, actor: Actor) -> Json:
    """Record a response, which is then the one that counts; answer the proposal and the deal."""
    require_import_for(command.occurred_at, actor)
    deals, proposals = Deals(tx, actor), Proposals(tx, actor)
    of_deal = proposals.of_deal(_deal(command, tx, deals))
    proposal, version = _answered(command, of_deal)
    if command.reason is not None:
        require_in_use(loss_reason_list(tx.connection), command.reason)
    require_competitor(tx.connection, command.competitor_id)
    terms = terms_in_force(tx.connection, of_deal.deal, day_of(command.occurred_at or tx.now, tx.enterprise.zone))
    response = of_deal.respond(proposal, version, command.answer(), terms=terms, at=command.occurred_at, now=tx.now)
    if command.set_deal_amount:
        _set_amount(of_deal.deal, response, tx)
    keep_proposals(of_deal, proposals, deals, tx)
    return {
        "proposal": proposal_shown(tx, proposal.id),
        "deal": deal_answer(of_deal.deal, tx.enterprise.base_currency),
    }


def _deal(command: RecordProposalResponse, tx: Transaction, deals: Deals) -> Deal:
    if command.deal_id is not None:
        return deals.get(command.deal_id)
    if command.proposal_id is None:
        raise refuse("REQUIRED", "name the proposal that is answered, or its deal", "proposal")
    return deal_of_document(tx, deals, proposals_table, command.proposal_id, "proposal", "proposal")


def _answered(command: RecordProposalResponse, of_deal: DealProposals) -> tuple[Proposal, ProposalVersion]:
    if command.proposal_id is None:
        proposal, version = of_deal.awaiting_answer()
    else:
        proposal = of_deal.get(command.proposal_id)
        version = proposal.answerable(command.number)
    proposal.require_version(command.expected_version)
    return proposal, version


def _set_amount(deal: Deal, response: Response, tx: Transaction) -> None:
    if response.amount is None:
        return
    changed = deal.change({"amount": response.amount})
    if changed:
        tx.emit(change_told(deal, changed, response.occurred_at))
