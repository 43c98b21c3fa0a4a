"""Who belongs to which team: a tree, with managers at its knots."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """Each manager's team, and each team's parent."""

    team_of: Mapping[UUID, UUID | None]
    parent_of: Mapping[UUID, UUID | None]

    def members(self, teams: Iterable[UUID]) -> frozenset[UUID]:
        """Name the managers of teams and of the teams below them."""
        wanted = set(teams)
        return frozenset(manager for manager, team in self.team_of.items() if self._is_within(team, wanted))

    def direct_members(self, teams: Iterable[UUID]) -> frozenset[UUID]:
        """Name the managers of teams, without the teams below them."""
        wanted = set(teams)
        return frozenset(manager for manager, team in self.team_of.items() if team in wanted)

    def _is_within(self, team: UUID | None, wanted: set[UUID]) -> bool:
        seen: set[UUID] = set()
        while team is not None and team not in seen:  # copies of a changing tree may for a moment form a ring
            if team in wanted:
                return True
            seen.add(team)
            team = self.parent_of.get(team)
        return False
