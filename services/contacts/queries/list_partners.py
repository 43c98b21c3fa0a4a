"""The list of partners: filtered, searched, sorted, by pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.store.paging import Order, PageRequest, page
from chassis.wire import Json
from services.contacts.domain.partner import Role
from services.contacts.storage.partner_view import united_views, with_contacts
from services.contacts.storage.partners import ROLE_COLUMNS
from services.contacts.storage.reach import partners_in_reach
from services.contacts.storage.search import partners_found_by
from services.contacts.storage.tables import partners, segment_members


class PartnerOrder(StrEnum):
    """What partners can be sorted by."""

    NAME = "NAME"
    REGISTERED_AT = "REGISTERED_AT"


@dataclass(frozen=True, kw_only=True)
class PartnerFilter:
    """Which partners: in any of the roles, of any of the managers, in any of the segments; None does not narrow."""

    roles: list[Role] | None = None
    manager_ids: list[UUID] | None = None
    segment_ids: list[UUID] | None = None


@dataclass(frozen=True, kw_only=True)
class ListPartners:
    """Ask for a page of partners; `search` finds them by names, numbers and notes."""

    filter: PartnerFilter | None = None
    search: str | None = None
    order: PartnerOrder = PartnerOrder.NAME
    descending: bool = False
    page: PageRequest = field(default_factory=PageRequest)
    contacts: bool = True


_COLUMNS: dict[PartnerOrder, sa.Column[str] | sa.Column[object]] = {
    PartnerOrder.NAME: partners.c.name_search,
    PartnerOrder.REGISTERED_AT: partners.c.registered_at,
}


def list_partners(query: ListPartners, reading: Reading, actor: Actor) -> Json:
    """Give a page of the partners in reach."""
    standing = partners.c.survivor_id.is_(None)
    select = sa.select(partners).where(standing, partners_in_reach(actor), *_filters(query.filter or PartnerFilter()))
    order = [Order(_COLUMNS[query.order], query.descending), Order(partners.c.id, query.descending)]
    if query.search and query.search.strip():
        searched = partners_found_by(reading.connection, query.search)
        select, order = select.where(searched.condition), searched.ordered(order)
    found = page(reading.connection, select, order, query.page, lambda row: row)
    found["nodes"] = united_views(reading.connection, found["nodes"])
    if query.contacts:
        found["nodes"] = with_contacts(reading, found["nodes"])
    return found


def _filters(filter: PartnerFilter) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if filter.roles is not None:
        conditions.append(_or_merged(sa.or_(sa.false(), *(ROLE_COLUMNS[role] for role in filter.roles))))
    if filter.manager_ids is not None:
        conditions.append(partners.c.manager_id.in_(filter.manager_ids))
    if filter.segment_ids is not None:
        member = segment_members.c
        members = sa.select(member.partner_id).where(member.segment_id.in_(filter.segment_ids))
        conditions.append(_or_merged(partners.c.id.in_(members)))
    return conditions


def _or_merged(holds: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Say that something holds of a partner, or of one that was merged into it."""
    merged = sa.select(partners.c.survivor_id).where(partners.c.survivor_id.is_not(None), holds)
    return sa.or_(holds, partners.c.id.in_(merged.correlate(None)))
