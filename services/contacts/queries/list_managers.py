"""The list of managers, by pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.store.paging import Order, PageRequest, page
from chassis.wire import Json
from services.contacts.storage.staff import manager_row_view
from services.contacts.storage.tables import managers, teams


@dataclass(frozen=True, kw_only=True)
class ManagerFilter:
    """Which managers: of any of the teams, or of the teams below these too; None does not narrow."""

    team_ids: list[UUID] | None = None
    below: bool = True


@dataclass(frozen=True, kw_only=True)
class ListManagers:
    """Ask for a page of managers."""

    filter: ManagerFilter | None = None
    page: PageRequest = field(default_factory=PageRequest)


def list_managers(query: ListManagers, reading: Reading, actor: Actor) -> Json:
    """Give a page of managers, by name."""
    order = [Order(managers.c.name_search), Order(managers.c.id)]
    select, given = sa.select(managers), query.filter or ManagerFilter()
    if given.team_ids is not None:
        theirs = _with_those_below(given.team_ids) if given.below else given.team_ids
        select = select.where(managers.c.team_id.in_(theirs))
    return page(reading.connection, select, order, query.page, manager_row_view)


def _with_those_below(team_ids: list[UUID]) -> sa.Select[tuple[UUID]]:
    """Select teams and all below them; what hangs together in a circle is read once."""
    found = sa.select(teams.c.id).where(teams.c.id.in_(team_ids)).cte("found", recursive=True)
    return sa.select(found.union(sa.select(teams.c.id).join(found, teams.c.parent_id == found.c.id)).c.id)
