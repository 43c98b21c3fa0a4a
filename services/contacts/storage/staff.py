"""Managers and teams: reading and writing them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.errors import refuse
from services.contacts.domain.external_ref import ExternalRef, taken
from services.contacts.domain.staff import Manager, Team
from services.contacts.domain.text import name_key, search_key
from services.contacts.storage.sql import REF, insert_new, ref_of, ref_view, update_by_id, with_refs
from services.contacts.storage.tables import managers, teams


class Staff:
    """The managers and teams; everyone of the enterprise may see all of them."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def manager(self, manager_id: UUID, *field: str) -> Manager:
        """Read a manager and hold it until the commit; raise Refused with NOT_FOUND for the field."""
        read = sa.select(managers).where(managers.c.id == manager_id).with_for_update(key_share=True)
        row = self._connection.execute(read).first()
        if row is None:
            raise refuse("NOT_FOUND", f"there is no manager {manager_id}", *field)
        return _manager(row)

    def check_manager(self, manager_id: UUID | None, *field: str) -> None:
        """Raise Refused with NOT_FOUND for the field if a manager that is named is not there."""
        if manager_id is not None and not self.has_manager(manager_id):
            raise refuse("NOT_FOUND", f"there is no manager {manager_id}", *field)

    def has_manager(self, manager_id: UUID) -> bool:
        """Tell whether there is such a manager."""
        return self._there(managers, manager_id)

    def zone_of(self, manager_id: UUID) -> str | None:
        """Tell a manager's own time zone."""
        return self._connection.execute(sa.select(managers.c.time_zone).where(managers.c.id == manager_id)).scalar()

    def team(self, team_id: UUID, *field: str) -> Team:
        """Read a team and hold it until the commit; raise Refused with NOT_FOUND for the field."""
        row = self._connection.execute(
            sa.select(teams).where(teams.c.id == team_id).with_for_update(key_share=True)
        ).first()
        if row is None:
            raise refuse("NOT_FOUND", f"there is no team {team_id}", *field)
        return _team(row)

    def check_team(self, team_id: UUID | None, *field: str) -> None:
        """Raise Refused with NOT_FOUND for the field if a team that is named is not there."""
        if team_id is not None and not self._there(teams, team_id):
            raise refuse("NOT_FOUND", f"there is no team {team_id}", *field)

    def managers_by_ids(self, ids: Collection[UUID]) -> dict[UUID, Manager]:
        """Read managers."""
        found = self._connection.execute(sa.select(managers).where(managers.c.id.in_(ids)))
        return {row.id: _manager(row) for row in found}

    def managers_by_refs(self, refs: Iterable[ExternalRef]) -> dict[ExternalRef, Manager]:
        """Read the managers that came from elsewhere under these references."""
        found = map(_manager, self._connection.execute(sa.select(managers).where(with_refs(managers, refs))))
        return {manager.external_ref: manager for manager in found if manager.external_ref is not None}

    def lock_managers(self, refs: Iterable[ExternalRef]) -> dict[ExternalRef, Manager]:
        """Read the managers under these references and hold them until the commit."""
        # in the order of ids, so that two imports never wait for each other
        read = (
            sa.select(managers).where(with_refs(managers, refs)).order_by(managers.c.id).with_for_update(key_share=True)
        )
        found = map(_manager, self._connection.execute(read))
        return {manager.external_ref: manager for manager in found if manager.external_ref is not None}

    def teams_by_ids(self, ids: Collection[UUID]) -> dict[UUID, Team]:
        """Read teams."""
        return {row.id: _team(row) for row in self._connection.execute(sa.select(teams).where(teams.c.id.in_(ids)))}

    def teams_by_names(self, names: Iterable[str]) -> dict[str, UUID]:
        """Find teams by their names; the answer is by name key."""
        keys = sorted({name_key(name) for name in names})
        read = sa.select(teams.c.name_key, teams.c.id).where(teams.c.name_key.in_(keys))
        return {row.name_key: row.id for row in self._connection.execute(read)}

    def all_teams(self) -> list[Team]:
        """Read all teams, by name."""
        return [_team(row) for row in self._connection.execute(sa.select(teams).order_by(teams.c.name_key))]

    def add_manager(self, manager: Manager) -> None:
        """Write a new manager; raise Refused with EXTERNAL_REF_TAKEN where its reference has one already."""
        holders = self.add_managers([manager])
        if manager.external_ref is not None and manager.external_ref in holders:
            raise taken(manager.external_ref, holders[manager.external_ref])

    def add_managers(self, new: Sequence[Manager]) -> dict[ExternalRef, UUID]:
        """Write new managers but those whose reference is taken; give these, with the ids that have them."""
        insert_new(self._connection, managers, [_manager_row(manager) for manager in new], *REF)
        refs = {manager.external_ref: manager.id for manager in new if manager.external_ref is not None}
        if not refs:
            return {}
        holders = self.managers_by_refs(refs)
        return {ref: holder.id for ref, holder in holders.items() if holder.id != refs[ref]}

    def save_managers(self, changed: Sequence[Manager]) -> None:
        """Write managers that were read before."""
        update_by_id(self._connection, managers, [_manager_row(manager) for manager in changed])

    def add_team(self, team: Team) -> None:
        """Write a new team; raise Refused with NAME_TAKEN if another has the name."""
        insert_new(self._connection, teams, [_team_row(team)], "name_key")
        self._own_name(team)

    def add_teams(self, new: Sequence[Team]) -> dict[str, UUID]:
        """Write new teams but those whose name is taken; give who has each name now, by name key."""
        insert_new(self._connection, teams, [_team_row(team) for team in new], "name_key")
        return self.teams_by_names(team.name for team in new)

    def save_team(self, team: Team) -> None:
        """Write a team that was read before; raise Refused with NAME_TAKEN if another has the name."""
        self._own_name(team)
        update_by_id(self._connection, teams, [_team_row(team)])

    def _own_name(self, team: Team) -> None:
        holder = self.teams_by_names([team.name]).get(name_key(team.name))
        if holder not in (None, team.id):
            raise refuse("NAME_TAKEN", f"there is a team {team.name!r} already", "name", details=(str(holder),))

    def _there(self, table: sa.Table, id: UUID) -> bool:
        return self._connection.execute(sa.select(table.c.id).where(table.c.id == id)).first() is not None


def manager_view(manager: Manager) -> dict[str, Any]:
    """Give a manager as it is answered."""
    return {
        "id": manager.id,
        "name": manager.name,
        "email": manager.email,
        "time_zone": manager.time_zone,
        "team_id": manager.team_id,
        "external_ref": manager.external_ref,
    }


def team_view(team: Team) -> dict[str, Any]:
    """Give a team as it is answered."""
    return {"id": team.id, "name": team.name, "head_id": team.head_id, "parent_id": team.parent_id}


def manager_row_view(row: sa.Row[Any]) -> dict[str, Any]:
    """Give a row of managers as it is answered."""
    return {
        "id": row.id,
        "name": row.name,
        "email": row.email,
        "time_zone": row.time_zone,
        "team_id": row.team_id,
        "external_ref": ref_view(row),
    }


def _manager(row: sa.Row[Any]) -> Manager:
    return Manager(
        id=row.id,
        version=row.version,
        name=row.name,
        email=row.email,
        team_id=row.team_id,
        external_ref=ref_of(row),
        time_zone=row.time_zone,
    )


def _manager_row(manager: Manager) -> dict[str, Any]:
    ref = manager.external_ref
    return {
        "id": manager.id,
        "version": manager.version,
        "name": manager.name,
        "name_search": search_key(manager.name),
        "email": manager.email,
        "time_zone": manager.time_zone,
        "team_id": manager.team_id,
        "external_system": ref.system if ref else None,
        "external_id": ref.id if ref else None,
    }


def _team(row: sa.Row[Any]) -> Team:
    return Team(id=row.id, version=row.version, name=row.name, head_id=row.head_id, parent_id=row.parent_id)


def _team_row(team: Team) -> dict[str, Any]:
    return {
        "id": team.id,
        "version": team.version,
        "name": team.name,
        "name_key": name_key(team.name),
        "head_id": team.head_id,
        "parent_id": team.parent_id,
    }
