"""Register sale terms."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import terms_json
from services.deals.commands.close_sale_terms import end_replaced
from services.deals.commands.terms_inputs import TermsInput
from services.deals.domain.deal import Deal
from services.deals.domain.sale_terms import SaleTerms
from services.deals.events import terms_told
from services.deals.storage.copies import reaches_partner
from services.deals.storage.deals import Deals
from services.deals.storage.merged_partners import one_partner
from services.deals.storage.terms import add_terms


@dataclass(frozen=True, kw_only=True)
class RegisterSaleTerms(TermsInput):
    """Ask that terms hold for a client, or for one of their deals; without `valid_to` they hold without end."""

    partner_id: UUID
    deal_id: UUID | None = None


def register_sale_terms(command: RegisterSaleTerms, tx: Transaction, actor: Actor) -> Json:
    """Register individual terms, by which the client is classified while they are effective; answer the terms."""
    terms = SaleTerms.register(command.content(), partner_id=command.partner_id, deal_id=command.deal_id)
    if not reaches_partner(tx, actor, command.partner_id):
        raise refuse("NOT_FOUND", f"there is no partner {command.partner_id}", "partner")
    if command.deal_id is not None and not _is_with(tx, Deals(tx, actor).get(command.deal_id), command.partner_id):
        raise refuse("DEAL_OF_ANOTHER_PARTNER", "the deal is not with this partner", "deal")
    end_replaced(command.replaces_id, terms, tx, actor)
    add_terms(tx, terms)
    tx.emit(terms_told(terms, tx.now))
    return terms_json(terms)


def _is_with(tx: Transaction, deal: Deal, partner_id: UUID) -> bool:
    return deal.partner_id is not None and one_partner(tx.connection, deal.partner_id, partner_id)
