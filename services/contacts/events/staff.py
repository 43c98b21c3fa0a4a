"""What is told of managers and teams."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis.events import Published
from services.contacts.domain.staff import Manager, Team


@dataclass(frozen=True, kw_only=True)
class ManagerRegistered(Published, type="manager.registered", subject="manager_id"):
    """A manager became known."""

    manager_id: UUID
    team_id: UUID | None

    @classmethod
    def of(cls, manager: Manager, at: datetime) -> ManagerRegistered:
        """Tell of a new manager."""
        return cls(sequence=manager.version, occurred_at=at, manager_id=manager.id, team_id=manager.team_id)


@dataclass(frozen=True, kw_only=True)
class ManagerChanged(Published, type="manager.changed", subject="manager_id"):
    """A manager's facts changed, perhaps the team."""

    manager_id: UUID
    team_id: UUID | None

    @classmethod
    def of(cls, manager: Manager, at: datetime) -> ManagerChanged:
        """Tell what a manager's facts are now."""
        return cls(sequence=manager.version, occurred_at=at, manager_id=manager.id, team_id=manager.team_id)


@dataclass(frozen=True, kw_only=True)
class TeamRegistered(Published, type="team.registered", subject="team_id"):
    """A team was made."""

    team_id: UUID
    parent_id: UUID | None
    head_id: UUID | None

    @classmethod
    def of(cls, team: Team, at: datetime) -> TeamRegistered:
        """Tell of a new team."""
        return cls(
            sequence=team.version, occurred_at=at, team_id=team.id, parent_id=team.parent_id, head_id=team.head_id
        )


@dataclass(frozen=True, kw_only=True)
class TeamChanged(Published, type="team.changed", subject="team_id"):
    """A team's place or head changed."""

    team_id: UUID
    parent_id: UUID | None
    head_id: UUID | None

    @classmethod
    def of(cls, team: Team, at: datetime) -> TeamChanged:
        """Tell what a team's facts are now."""
        return cls(
            sequence=team.version, occurred_at=at, team_id=team.id, parent_id=team.parent_id, head_id=team.head_id
        )
