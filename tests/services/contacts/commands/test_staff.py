"""Registering and changing managers and teams."""

from __future__ import annotations

import pytest

from chassis.errors import Refused
from chassis.ids import new_id
from services.contacts.domain.kinds import TEAM
from tests.services.contacts.conftest import Contacts


def test_managers_and_teams_are_registered_and_told(contacts: Contacts) -> None:
    team = contacts.ask("register_team", name="East")
    ref = {"system": "hr", "id": "7"}
    manager = contacts.ask("register_manager", name="Ann", email="ann@Acme.com", team_id=team["id"], external_ref=ref)
    assert manager == {
        "id": manager["id"],
        "name": "Ann",
        "email": "ann@acme.com",
        "time_zone": None,
        "team_id": team["id"],
        "external_ref": ref,
    }
    coast = contacts.ask("register_team", name="Coast", parent_id=team["id"], head_id=manager["id"])
    assert coast == {"id": coast["id"], "name": "Coast", "parent_id": team["id"], "head_id": manager["id"]}
    assert contacts.told_types() == ["team.registered", "manager.registered", "team.registered"]


def test_a_team_has_a_name_of_its_own(contacts: Contacts) -> None:
    team = contacts.ask("register_team", name="Восток")
    with pytest.raises(Refused, match="NAME_TAKEN") as refusal:
        contacts.ask("register_team", name="  ВОСТОК ")
    assert refusal.value.problems[0].details == (team["id"],)
    assert contacts.ask("register_team", name="Восток+")["id"] != team["id"]


def test_references_and_teams_are_checked(contacts: Contacts) -> None:
    ref = {"system": "hr", "id": "7"}
    manager = contacts.ask("register_manager", name="Ann", external_ref=ref)
    with pytest.raises(Refused, match="EXTERNAL_REF_TAKEN") as refusal:
        contacts.ask("register_manager", name="Ben", external_ref=ref)
    assert refusal.value.problems[0].details == (manager["id"],)
    with pytest.raises(Refused, match="NOT_FOUND"):
        contacts.ask("register_manager", name="Ben", team_id=str(new_id(TEAM)))
    with pytest.raises(Refused, match="INVALID_EMAIL"):
        contacts.ask("register_manager", name="Ben", email="ben")


def test_a_change_is_told_once(contacts: Contacts) -> None:
    team = contacts.ask("register_team", name="East")
    manager = contacts.ask("register_manager", name="Ann", email="ann@acme.com")
    for _ in range(2):
        changed = contacts.ask("change_manager", manager_id=manager["id"], team_id=team["id"], email=None)
        assert changed == {**manager, "team_id": team["id"], "email": None}
        headed = contacts.ask("change_team", team_id=team["id"], head_id=manager["id"], name="Far East")
        assert headed == {**team, "head_id": manager["id"], "name": "Far East"}
    assert contacts.told_types()[2:] == ["manager.changed", "team.changed"]
    assert contacts.told()[-1][1]["sequence"] == 2


def test_the_tree_of_teams_has_no_ring(contacts: Contacts) -> None:
    east = contacts.ask("register_team", name="East")
    coast = contacts.ask("register_team", name="Coast", parent_id=east["id"])
    with pytest.raises(Refused, match="TEAM_WITHIN_ITSELF"):
        contacts.ask("change_team", team_id=east["id"], parent_id=coast["id"])
    with pytest.raises(Refused, match="NAME_TAKEN"):
        contacts.ask("change_team", team_id=east["id"], name="coast")
