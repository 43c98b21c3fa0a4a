"""Register typical sale terms."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import terms_json
from services.deals.commands.close_sale_terms import end_replaced
from services.deals.commands.terms_inputs import TermsInput
from services.deals.domain.sale_terms import SaleTerms
from services.deals.events import terms_told
from services.deals.storage.terms import add_terms


@dataclass(frozen=True, kw_only=True)
class RegisterTypicalSaleTerms(TermsInput):
    """Ask that terms hold for the partners of a segment, as long as they belong to it and have no terms of their own."""

    segment_id: UUID


def register_typical_sale_terms(command: RegisterTypicalSaleTerms, tx: Transaction, actor: Actor) -> Json:
    """Register typical terms, by which the segment's partners are classified; answer the terms."""
    terms = SaleTerms.register(command.content(), segment_id=command.segment_id)
    end_replaced(command.replaces_id, terms, tx, actor)
    add_terms(tx, terms)
    tx.emit(terms_told(terms, tx.now))
    return terms_json(terms)
