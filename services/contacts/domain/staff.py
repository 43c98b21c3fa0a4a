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
from services.contacts.domain.plan import known_zone
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
    time_zone: str | None = None

    @classmethod
    def register(
        cls,
        name: str,
        *,
        email: str | None = None,
        team_id: UUID | None = None,
        external_ref: ExternalRef | None = None,
        time_zone: str | None = None,
    ) -> Manager:
        """Make a new manager; raise Refused for a name, an e-mail or a time zone that does not fit."""
        return cls(
            id=new_id(MANAGER),
            version=1,
            name=line(name, "name"),
            email=checked_email(email),
            team_id=team_id,
            external_ref=external_ref,
            time_zone=checked_zone(time_zone),
        )


def checked_zone(name: str | None) -> str | None:
    """Give the name of a manager's time zone; blank is the enterprise's; raise Refused."""
    return known_zone(name.strip(), "timeZone").key if name and name.strip() else None


def checked_email(email: str | None) -> str | None:
    """Spell a manager's e-mail in its normal form; blank is none; raise Refused."""
    return spell_email(email.strip(), "email") if email and email.strip() else None


def who_leads(manager: Manager, teams: Iterable[Team]) -> UUID | None:
    """Tell who leads a manager: the head of their team, or of the nearest one above with another head."""
    by_id = {team.id: team for team in teams}
    above = _upwards(manager.team_id, {team.id: team.parent_id for team in by_id.values()}) if manager.team_id else []
    heads = (by_id[team].head_id for team in above if team in by_id)
    return next((head for head in heads if head not in (None, manager.id)), None)


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
