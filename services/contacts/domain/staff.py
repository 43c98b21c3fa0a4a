"""Managers and the tree of their teams."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from chassis.errors import refuse
from chassis.ids import new_id
from services.contacts.domain.contact_point import email as spell_email
from services.contacts.domain.external_ref import ExternalRef
from services.contacts.domain.kinds import MANAGER, TEAM
from services.contacts.domain.text import line


@dataclass(frozen=True, kw_only=True)
class Team:
    """A team of managers, within another team or by itself."""

    id: UUID
    version: int
    name: str
    head_id: UUID | None
    parent_id: UUID | None

    @classmethod
    def register(cls, name: str, *, head_id: UUID | None = None, parent_id: UUID | None = None) -> Team:
        """Make a new team; raise Refused for a name that does not fit."""
        return cls(id=new_id(TEAM), version=1, name=line(name, "name"), head_id=head_id, parent_id=parent_id)


@dataclass(frozen=True, kw_only=True)
class Manager:
    """An employee who works with partners."""

    id: UUID
    version: int
    name: str
    email: str | None
    team_id: UUID | None
    external_ref: ExternalRef | None

    @classmethod
    def register(
        cls,
        name: str,
        *,
        email: str | None = None,
        team_id: UUID | None = None,
        external_ref: ExternalRef | None = None,
    ) -> Manager:
        """Make a new manager; raise Refused for a name or an e-mail that does not fit."""
        return cls(
            id=new_id(MANAGER),
            version=1,
            name=line(name, "name"),
            email=checked_email(email),
            team_id=team_id,
            external_ref=external_ref,
        )


def checked_email(email: str | None) -> str | None:
    """Spell a manager's e-mail in its normal form; blank is none; raise Refused."""
    return spell_email(email.strip(), "email") if email and email.strip() else None


def teams_in_reach(manager: Manager, teams: Iterable[Team]) -> frozenset[UUID]:
    """Give the teams whose rows a team lead sees: their own, those they head and all below these."""
    parents: dict[UUID, UUID | None] = {}
    reached: set[UUID] = set()
    for team in teams:
        parents[team.id] = team.parent_id
        if team.head_id == manager.id:
            reached.add(team.id)
    below = {team for team in parents if reached.intersection(_upwards(team, parents))}
    return frozenset(below | ({manager.team_id} if manager.team_id else set()))


def check_parent(team_id: UUID, parent_id: UUID | None, parents: Mapping[UUID, UUID | None]) -> None:
    """Raise Refused if a team would come to be below itself; `parents` says what each team is within."""
    if parent_id is not None and team_id in _upwards(parent_id, parents):
        raise refuse("TEAM_WITHIN_ITSELF", "a team cannot be part of itself or of a team below it", "parent")


def _upwards(team: UUID, parents: Mapping[UUID, UUID | None]) -> list[UUID]:
    """Give a team and all that it is within; a ring, which storage should not hold, ends."""
    path: list[UUID] = []
    at: UUID | None = team
    while at is not None and at not in path:
        path.append(at)
        at = parents.get(at)
    return path
