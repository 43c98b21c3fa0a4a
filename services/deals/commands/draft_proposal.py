"""Draft a proposal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.commands.keep_proposals import keep_proposals
from services.deals.commands.proposal_inputs import Note, OfferedLines, offered_lines
from services.deals.domain.offer import Offer
from services.deals.storage.deals import Deals
from services.deals.storage.documents import next_number
from services.deals.storage.proposal_view import proposal_shown
from services.deals.storage.proposals import Proposals
from services.deals.storage.tables import proposals as proposals_table


@dataclass(frozen=True, kw_only=True)
class DraftProposal:
    """Ask that a proposal of a deal begin; the client has nothing of it until it is sent."""

    deal_id: UUID
    lines: OfferedLines
    valid_until: date | None = None
    note: Note | None = None
    prices_include_tax: bool = False


def draft_proposal(command: DraftProposal, tx: Transaction, actor: Actor) -> Json:
    """Draft a proposal; answer the proposal."""
    offer = Offer.of(
        offered_lines(command.lines, tax_included=command.prices_include_tax),
        valid_until=command.valid_until,
        note=command.note,
    )
    deals, proposals = Deals(tx, actor), Proposals(tx, actor)
    of_deal = proposals.of_deal(deals.get(command.deal_id))
    number = next_number(tx, proposals_table, of_deal.deal, "P")
    proposal = of_deal.draft(offer, number=number, now=tx.now)
    keep_proposals(of_deal, proposals, deals, tx)
    return proposal_shown(tx, proposal.id)
