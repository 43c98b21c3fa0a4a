"""Register sale terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import terms_json
from services.deals.domain.sale_terms import SaleTerms
from services.deals.events import terms_told
from services.deals.storage.copies import reaches_partner
from services.deals.storage.deals import Deals
from services.deals.storage.terms import add_terms


@dataclass(frozen=True, kw_only=True)
class RegisterSaleTerms:
    """Ask that terms hold for a client, or for one of their deals; without `valid_to` they hold without end."""

    partner_id: UUID
    deal_id: UUID | None = None
    currency: str
    valid_from: date
    valid_to: date | None = None
    discount_percent: Decimal | None = None


def register_sale_terms(command: RegisterSaleTerms, tx: Transaction, actor: Actor) -> Json:
    """Register sale terms, by which the client is classified while they are effective; answer the terms."""
    terms = SaleTerms.register(
        partner_id=command.partner_id,
        deal_id=command.deal_id,
        currency=command.currency,
        valid_from=command.valid_from,
        valid_to=command.valid_to,
        discount_percent=command.discount_percent,
    )
    if not reaches_partner(tx, actor, command.partner_id):
        raise refuse("NOT_FOUND", f"there is no partner {command.partner_id}", "partner")
    if command.deal_id is not None and Deals(tx, actor).get(command.deal_id).partner_id != command.partner_id:
        raise refuse("DEAL_OF_ANOTHER_PARTNER", "the deal is not with this partner", "deal")
    add_terms(tx, terms)
    tx.emit(terms_told(terms, tx.now))
    return terms_json(terms)
