"""A page of sale terms."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.store.paging import Order, PageRequest, page
from chassis.wire import Json
from services.deals.answers import terms_json
from services.deals.storage.tables import sale_terms
from services.deals.storage.terms import effective_on, terms_of, visible_to


@dataclass(frozen=True, kw_only=True)
class SaleTermsFilter:
    """Which terms: each field narrows further, an absent one does not."""

    partner_ids: list[UUID] | None = None
    deal_ids: list[UUID] | None = None
    segment_ids: list[UUID] | None = None
    effective_on: date | None = None

    def conditions(self) -> list[sa.ColumnElement[bool]]:
        """Give the filter in SQL."""
        t = sale_terms.c
        asked = [(t.partner_id, self.partner_ids), (t.deal_id, self.deal_ids), (t.segment_id, self.segment_ids)]
        conditions: list[sa.ColumnElement[bool]] = [
            column.in_(values) for column, values in asked if values is not None
        ]
        return [*conditions, effective_on(self.effective_on)] if self.effective_on is not None else conditions


@dataclass(frozen=True, kw_only=True)
class ListSaleTerms:
    """Ask for sale terms that fit a filter, those that began last first."""

    filter: SaleTermsFilter = field(default_factory=SaleTermsFilter)
    page: PageRequest = field(default_factory=PageRequest)


def list_sale_terms(query: ListSaleTerms, reading: Reading, actor: Actor) -> Json:
    """Give a page of the terms within the actor's reach."""
    select = sa.select(sale_terms).where(visible_to(actor), *query.filter.conditions())
    order = [Order(sale_terms.c.valid_from, descending=True), Order(sale_terms.c.id, descending=True)]
    return page(reading.connection, select, order, query.page, lambda row: terms_json(terms_of(row)))
