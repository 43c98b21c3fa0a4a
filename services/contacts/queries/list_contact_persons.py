"""The list of contact persons: searched, filtered, by pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.clock import day_of
from chassis.store.database import Reading
from chassis.store.paging import Order, PageRequest, page
from chassis.wire import Json
from services.contacts.domain.links import PersonRole
from services.contacts.domain.search import HitKind
from services.contacts.storage.linked_views import person_facts
from services.contacts.storage.merged import one_with
from services.contacts.storage.person_view import whole_persons
from services.contacts.storage.reach import persons_in_reach
from services.contacts.storage.search import found_by
from services.contacts.storage.sql import not_ended
from services.contacts.storage.tables import contact_persons, partner_persons


@dataclass(frozen=True, kw_only=True)
class ContactPersonFilter:
    """Which persons: who work for any of the partners, in any of the roles there; None does not narrow."""

    partner_ids: list[UUID] | None = None
    roles: list[PersonRole] | None = None


@dataclass(frozen=True, kw_only=True)
class ListContactPersons:
    """Ask for a page of persons; `search` finds them by names, numbers and notes."""

    filter: ContactPersonFilter | None = None
    search: str | None = None
    page: PageRequest = field(default_factory=PageRequest)


def list_contact_persons(query: ListContactPersons, reading: Reading, actor: Actor) -> Json:
    """Give a page of the persons in reach, by name."""
    select = sa.select(contact_persons).where(persons_in_reach(actor))
    order = [Order(contact_persons.c.name_search), Order(contact_persons.c.id)]
    if query.search and query.search.strip():
        searched = found_by(reading.connection, query.search, HitKind.CONTACT_PERSON, contact_persons.c.id)
        select, order = select.where(searched.condition), searched.ordered(order)
    given = query.filter or ContactPersonFilter()
    if given.partner_ids is not None or given.roles is not None:
        link, day = partner_persons, day_of(reading.now, reading.enterprise.zone)
        where = [link.c.person_id == contact_persons.c.id, not_ended(link, day)]
        if given.partner_ids is not None:
            where.append(link.c.partner_id.in_(one_with(given.partner_ids)))
        if given.roles is not None:
            where.append(link.c.role.in_(given.roles))
        select = select.where(sa.exists().where(*where))
    found = page(reading.connection, select, order, query.page, person_facts)
    found["nodes"] = whole_persons(reading, found["nodes"])
    return found
