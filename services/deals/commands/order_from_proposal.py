"""Make a customer order of an accepted proposal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from uuid import UUID

from chassis.actor import Actor
from chassis.clock import day_of
from chassis.errors import refuse
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import order_json
from services.deals.commands.inputs import DocumentNumber
from services.deals.domain.customer_order import CustomerOrder, OrderStatus, WantedLine
from services.deals.domain.lines import Line
from services.deals.domain.proposal import Proposal
from services.deals.storage.customer_orders import CustomerOrders
from services.deals.storage.deals import Deals
from services.deals.storage.documents import day_of_document, deal_of_document, next_number
from services.deals.storage.proposals import Proposals
from services.deals.storage.tables import customer_orders, proposals
from services.deals.storage.valuing import one_valued


@dataclass(frozen=True, kw_only=True)
class OrderFromProposal:
    """Write down as an order what the client accepted of a proposal."""

    proposal_id: UUID
    number: DocumentNumber | None = None
    ordered_on: date | None = None
    promised_on: date | None = None
    payment_due_on: date | None = None


def order_from_proposal(command: OrderFromProposal, tx: Transaction, actor: Actor) -> Json:
    """Draft an order with the lines that the client took, at their prices; answer the order."""
    deal = deal_of_document(tx, Deals(tx, actor), proposals, command.proposal_id, "proposal", "proposal")
    deal.require_open()
    lines = _accepted(Proposals(tx, actor).of_deal(deal).get(command.proposal_id))
    orders = CustomerOrders(tx)
    for other in orders.of_deal(deal.id):
        if other.proposal_id == command.proposal_id and other.status is not OrderStatus.CANCELLED:
            message = f"the order {other.number} was made of it; change that, or cancel it first"
            raise refuse("ORDER_EXISTS", message, "proposal", details=(str(other.id),))
    order = CustomerOrder.draft(
        deal_id=deal.id,
        number=command.number or next_number(tx, customer_orders, deal, "O"),
        ordered_on=day_of_document(tx, deal, command.ordered_on or day_of(tx.now, tx.enterprise.zone), "orderedOn"),
        lines=[WantedLine(line=line) for line in lines],
        tax_included=lines[0].tax_included,
        promised_on=command.promised_on,
        payment_due_on=command.payment_due_on,
        proposal_id=command.proposal_id,
    )
    orders.add(order)
    return one_valued(tx, order_json(order), itemgetter("ordered_on"))


def _accepted(proposal: Proposal) -> tuple[Line, ...]:
    """Give the lines that the client took; raise Refused if no version of the proposal is accepted."""
    for version in reversed(proposal.versions):
        if version.is_accepted and version.response is not None:
            return version.offer.taken(version.offer.chosen(version.response.alternative))
    raise refuse("NOT_ACCEPTED", "the client has not accepted the proposal; record the response first", "proposal")
