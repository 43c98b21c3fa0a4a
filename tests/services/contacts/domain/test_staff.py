"""The tree of teams."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.errors import Refused
from services.contacts.domain.staff import Manager, Team, check_parent, teams_in_reach

EAST = Team.register("East")
NORTH_EAST = Team.register("North-east", parent_id=EAST.id)
COAST = Team.register("Coast", parent_id=NORTH_EAST.id)
WEST = Team.register("West")


def test_a_head_reaches_the_teams_below_and_their_own() -> None:
    head = Manager.register("Ann", team_id=WEST.id)
    teams = [replace(EAST, head_id=head.id), NORTH_EAST, COAST, WEST]
    assert teams_in_reach(head, teams) == {EAST.id, NORTH_EAST.id, COAST.id, WEST.id}


def test_who_heads_nothing_reaches_their_own_team() -> None:
    assert teams_in_reach(Manager.register("Ben", team_id=EAST.id), [EAST, NORTH_EAST]) == {EAST.id}
    assert teams_in_reach(Manager.register("Eve"), [EAST]) == frozenset()


@given(st.lists(st.tuples(st.integers(0, 5), st.none() | st.integers(0, 5)), max_size=20))
def test_no_change_of_parents_ever_makes_a_ring(moves: list[tuple[int, int | None]]) -> None:
    teams = [Team.register(f"Team {n}") for n in range(6)]
    parents = {team.id: team.parent_id for team in teams}
    for moved, within in moves:
        parent = teams[within].id if within is not None else None
        try:
            check_parent(teams[moved].id, parent, parents)
        except Refused:
            continue
        parents[teams[moved].id] = parent
    for team in teams:
        seen, at = set(), parents[team.id]
        while at is not None:
            assert at != team.id and at not in seen
            seen.add(at)
            at = parents[at]


def test_a_team_cannot_be_within_itself() -> None:
    with pytest.raises(Refused, match="TEAM_WITHIN_ITSELF"):
        check_parent(EAST.id, EAST.id, {EAST.id: None})
