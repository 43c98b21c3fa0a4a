"""What contacts publishes: ids, roles and dates, never a name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis.events import Published
from services.contacts.domain.partner import Partner, Role
from services.contacts.domain.staff import Manager, Team


@dataclass(frozen=True, kw_only=True)
class PartnerRegistered(Published, type="partner.registered", subject="partner_id"):
    """A partner became known; `source` is the channel it came by."""

    partner_id: UUID
    roles: tuple[Role, ...]
    manager_id: UUID | None
    source: str | None

    @classmethod
    def of(cls, partner: Partner) -> PartnerRegistered:
        """Tell of a new partner."""
        return cls(
            sequence=partner.version,
            occurred_at=partner.registered_at,
            partner_id=partner.id,
            roles=tuple(sorted(partner.roles)),
            manager_id=partner.manager_id,
            source=partner.source,
        )


@dataclass(frozen=True, kw_only=True)
class PartnerChanged(Published, type="partner.changed", subject="partner_id"):
    """Facts of a partner changed; `changed` names them, without their values."""

    partner_id: UUID
    roles: tuple[Role, ...]
    manager_id: UUID | None
    source: str | None
    changed: tuple[str, ...]

    @classmethod
    def of(cls, partner: Partner, changed: Iterable[str], at: datetime) -> PartnerChanged:
        """Tell what changed of a partner."""
        return cls(
            sequence=partner.version,
            occurred_at=at,
            partner_id=partner.id,
            roles=tuple(sorted(partner.roles)),
            manager_id=partner.manager_id,
            source=partner.source,
            changed=tuple(changed),
        )


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
