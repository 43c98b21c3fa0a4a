"""Which teams' rows a manager may see as a team lead."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.contacts.domain.staff import teams_in_reach
from services.contacts.storage.staff import Staff


@dataclass(frozen=True, kw_only=True)
class ReachOfManager:
    """Ask for a manager's teams."""

    manager_id: UUID


def reach_of_manager(query: ReachOfManager, reading: Reading, actor: Actor) -> Json:
    """Give the manager's own team, the teams they head and all below these; none for someone who is no manager."""
    staff = Staff(reading.connection)
    manager = staff.managers_by_ids([query.manager_id]).get(query.manager_id)
    return {"team_ids": sorted(teams_in_reach(manager, staff.all_teams())) if manager else []}
