"""Close sale terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis.actor import Actor
from chassis.clock import day_of
from chassis.errors import refuse
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import terms_json
from services.deals.domain.sale_terms import SaleTerms
from services.deals.events import terms_closed
from services.deals.storage.terms import hold_terms, save_end

ONE_DAY = date.resolution


@dataclass(frozen=True, kw_only=True)
class CloseSaleTerms:
    """Ask that terms end on a day, the last on which they hold; yesterday, if none is named: then they hold no more."""

    sale_terms_id: UUID
    last_day: date | None = None
    expected_version: int | None = None


def close_sale_terms(command: CloseSaleTerms, tx: Transaction, actor: Actor) -> Json:
    """End terms earlier than was agreed; answer the terms."""
    terms = hold_terms(tx, actor, command.sale_terms_id, "saleTerms", expected_version=command.expected_version)
    yesterday = day_of(tx.now, tx.enterprise.zone) - ONE_DAY
    return terms_json(_end(terms, command.last_day or yesterday, tx))


def end_replaced(replaced_id: UUID | None, by: SaleTerms, tx: Transaction, actor: Actor) -> None:
    """End the terms that others replace, on the day before these begin; raise Refused if they are for somebody else."""
    if replaced_id is None:
        return
    replaced = hold_terms(tx, actor, replaced_id, "replaces")
    if (replaced.partner_id, replaced.deal_id, replaced.segment_id) != (by.partner_id, by.deal_id, by.segment_id):
        raise refuse(
            "TERMS_OF_ANOTHER", "the terms to be replaced are not for the same client, deal or segment", "replaces"
        )
    last_day = by.content.valid_from - ONE_DAY
    until = replaced.content.valid_to
    if until is None or last_day < until:
        _end(replaced, last_day, tx)


def _end(terms: SaleTerms, last_day: date, tx: Transaction) -> SaleTerms:
    closed = terms.close(last_day)
    save_end(tx, closed)
    tx.emit(terms_closed(closed, tx.now))
    return closed
