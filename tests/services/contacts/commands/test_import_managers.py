"""Taking managers over."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.actor import Actor
from chassis.errors import Forbidden, Refused
from tests.services.contacts.conftest import Contacts


def test_managers_come_with_their_teams(contacts: Contacts) -> None:
    results = contacts.ask("import_managers", rows=[_row("1", "Ann", team="East"), _row("2", "Ben", team="EAST")])
    assert [result["status"] for result in results["results"]] == ["CREATED", "CREATED"]
    ann, ben = contacts.ask("list_managers")["nodes"]
    assert ann["team_id"] == ben["team_id"]
    assert [team["name"] for team in contacts.ask("list_teams")["nodes"]] == ["East"]
    assert contacts.told_types() == ["team.registered", "manager.registered", "manager.registered"]


def test_again_changes_nothing_and_new_facts_are_added(contacts: Contacts) -> None:
    rows = [_row("1", "Ann", email="ann@acme.com", team="East"), _row("2", "Ben")]
    first = contacts.ask("import_managers", rows=rows)["results"]
    told = contacts.told()
    again = contacts.ask("import_managers", rows=rows)["results"]
    assert [(r["status"], r["id"]) for r in again] == [("UNCHANGED", r["id"]) for r in first]
    assert contacts.told() == told
    # what a row does not say stays
    results = contacts.ask("import_managers", rows=[_row("1", "Ann"), _row("2", "Ben", team="West")])["results"]
    assert [r["status"] for r in results] == ["UNCHANGED", "UPDATED"]
    assert contacts.told_types()[len(told) :] == ["team.registered", "manager.changed"]


def test_a_bad_row_hinders_no_other(contacts: Contacts) -> None:
    rows: list[Any] = [
        _row("1", " "),
        "garbage",
        {"name": "Nobody"},
        _row("2", "Ben", email="no", team="Never made"),
        _row("3", "Eve"),
        _row("3", "Eve Adams"),
    ]
    results = contacts.ask("import_managers", rows=rows)["results"]
    assert [r["status"] for r in results] == ["REFUSED"] * 4 + ["CREATED", "UPDATED"]
    assert [r["problems"][0]["code"] for r in results[:4]] == ["REQUIRED", "INVALID", "REQUIRED", "INVALID_EMAIL"]
    assert [m["name"] for m in contacts.ask("list_managers")["nodes"]] == ["Eve Adams"]
    assert contacts.ask("list_teams")["nodes"] == []
    assert [data["sequence"] for _, data in contacts.told()] == [1, 2]


def test_it_needs_the_import_scope_and_a_bearable_number_of_rows(contacts: Contacts) -> None:
    seller = Actor(subject="ann", role="manager", reach="all", scopes=frozenset({"write"}))
    with pytest.raises(Forbidden):
        contacts.as_actor(seller).ask("import_managers", rows=[])
    with pytest.raises(Refused, match="TOO_MANY_ROWS"):
        contacts.ask("import_managers", rows=[{}] * 501)


def _row(id: str, name: str, **rest: Any) -> dict[str, Any]:
    return {"external_ref": {"system": "hr", "id": id}, "name": name, **rest}
