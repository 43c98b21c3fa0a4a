"""Finding managers and teams."""

from __future__ import annotations

from typing import Any

from chassis.ids import new_id
from services.contacts.domain.kinds import MANAGER
from tests.services.contacts.conftest import Contacts


def test_managers_and_teams_by_ids_and_by_name(contacts: Contacts) -> None:
    west, east = (contacts.ask("register_team", name=name) for name in ("West", "East"))
    eve, ann = (contacts.ask("register_manager", name=name, team_id=east["id"]) for name in ("Eve", "Ann"))
    missing = str(new_id(MANAGER))
    assert contacts.ask("managers_by_ids", ids=[ann["id"], missing])["nodes"] == [ann, None]
    assert contacts.ask("teams_by_ids", ids=[missing, west["id"]])["nodes"] == [None, west]
    assert contacts.ask("list_managers", page={"first": 1})["nodes"] == [ann]
    assert contacts.ask("list_managers")["nodes"] == [ann, eve]
    assert contacts.ask("list_teams")["nodes"] == [east, west]


def test_locate_tells_which_there_are(contacts: Contacts) -> None:
    ref, other = {"system": "hr", "id": "1"}, {"system": "HR", "id": "1"}
    ann = contacts.ask("register_manager", name="Ann", external_ref=ref)["id"]
    missing = str(new_id(MANAGER))
    assert contacts.ask("locate", manager_ids=[missing, ann, ann], manager_refs=[other, ref]) == {
        "partners": [],
        "managers": [None, ann, ann],
        "partner_refs": [],
        "manager_refs": [None, ann],
    }


def test_a_reference_that_could_not_be_spoils_nothing(contacts: Contacts) -> None:
    ref = {"system": "hr", "id": "1"}
    ann = contacts.ask("register_manager", name="Ann", external_ref=ref)["id"]
    odd = [{"system": "hr", "id": id} for id in ("", "1\x00", "1" * 201)]
    assert contacts.ask("locate", manager_refs=[*odd, ref])["manager_refs"] == [None, None, None, ann]


def test_the_reach_of_a_head_is_the_teams_below(contacts: Contacts) -> None:
    ann, ben = (contacts.ask("register_manager", name=name)["id"] for name in ("Ann", "Ben"))
    east = contacts.ask("register_team", name="East", head_id=ann)["id"]
    coast = contacts.ask("register_team", name="Coast", parent_id=east)["id"]
    contacts.ask("change_manager", manager_id=ben, team_id=coast)
    assert set(contacts.ask("reach_of_manager", manager_id=ann)["team_ids"]) == {east, coast}
    assert contacts.ask("reach_of_manager", manager_id=ben)["team_ids"] == [coast]
    assert contacts.ask("reach_of_manager", manager_id=str(new_id(MANAGER)))["team_ids"] == []


def test_managers_of_teams_and_of_those_below(contacts: Contacts) -> None:
    east = contacts.ask("register_team", name="East")["id"]
    coast = contacts.ask("register_team", name="Coast", parent_id=east)["id"]
    ann, ben, _ = (
        contacts.ask("register_manager", name=name, team_id=team)["id"]
        for name, team in (("Ann", east), ("Ben", coast), ("Carl", None))
    )

    def found(**which: Any) -> list[str]:
        return [one["id"] for one in contacts.ask("list_managers", filter=which)["nodes"]]

    assert found(team_ids=[east]) == [ann, ben]
    assert found(team_ids=[east], below=False) == [ann]
    assert found(team_ids=[coast]) == [ben]
    assert found(team_ids=[]) == []
