"""The list of legal entities: searched, found by a number, by pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.store.paging import Order, PageRequest, page
from chassis.wire import Json
from services.contacts.domain.search import HitKind
from services.contacts.storage.legal_entity_view import whole_legal_entities
from services.contacts.storage.merged import one_with
from services.contacts.storage.reach import legal_entities_in_reach
from services.contacts.storage.search import found_by
from services.contacts.storage.tables import legal_entities, partner_legal_entities, tax_ids


@dataclass(frozen=True, kw_only=True)
class LegalEntityFilter:
    """Which entities: behind any of the partners, of any of the countries, with any of the numbers; None does not narrow."""

    partner_ids: list[UUID] | None = None
    countries: list[str] | None = None
    tax_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class ListLegalEntities:
    """Ask for a page of legal entities; `search` finds them by names, numbers and notes."""

    filter: LegalEntityFilter | None = None
    search: str | None = None
    page: PageRequest = field(default_factory=PageRequest)


def list_legal_entities(query: ListLegalEntities, reading: Reading, actor: Actor) -> Json:
    """Give a page of the legal entities in reach, by name."""
    select = sa.select(legal_entities).where(
        legal_entities_in_reach(actor), *_filters(query.filter or LegalEntityFilter())
    )
    order = [Order(legal_entities.c.name_search), Order(legal_entities.c.id)]
    if query.search and query.search.strip():
        searched = found_by(reading.connection, query.search, HitKind.LEGAL_ENTITY, legal_entities.c.id)
        select, order = select.where(searched.condition), searched.ordered(order)
    rows: list[sa.Row[tuple[object, ...]]] = []
    found = page(reading.connection, select, order, query.page, rows.append)
    found["nodes"] = whole_legal_entities(reading, rows)
    return found


def _filters(filter: LegalEntityFilter) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if filter.partner_ids is not None:
        link = partner_legal_entities
        behind = sa.select(link.c.legal_entity_id).where(link.c.partner_id.in_(one_with(filter.partner_ids)))
        conditions.append(legal_entities.c.id.in_(behind))
    if filter.countries is not None:
        conditions.append(legal_entities.c.country.in_([country.strip().upper() for country in filter.countries]))
    if filter.tax_id is not None:
        number = "".join(letter for letter in filter.tax_id.upper() if letter.isalnum())
        further = sa.select(tax_ids.c.legal_entity_id).where(tax_ids.c.number == number)
        conditions.append(sa.or_(legal_entities.c.tax_id == number, legal_entities.c.id.in_(further)))
    return conditions
