"""The list of managers, by pages."""

from __future__ import annotations

from dataclasses import dataclass, field

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.store.paging import Order, PageRequest, page
from chassis.wire import Json
from services.contacts.storage.staff import manager_row_view
from services.contacts.storage.tables import managers


@dataclass(frozen=True, kw_only=True)
class ListManagers:
    """Ask for a page of managers."""

    page: PageRequest = field(default_factory=PageRequest)


def list_managers(query: ListManagers, reading: Reading, actor: Actor) -> Json:
    """Give a page of managers, by name."""
    order = [Order(managers.c.name_search), Order(managers.c.id)]
    return page(reading.connection, sa.select(managers), order, query.page, manager_row_view)
