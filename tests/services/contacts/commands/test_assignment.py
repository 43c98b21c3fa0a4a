"""To whom new partners go that come without a manager."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest

from chassis.actor import Actor
from chassis.errors import Forbidden
from chassis.ids import new_id
from services.contacts.domain.assignment import next_turn
from services.contacts.domain.kinds import MANAGER, TEAM
from services.contacts.storage.tables import metadata
from tests.services.contacts.conftest import Contacts
from tests.support.databases import OpenDatabase

_SCOPES = frozenset({"read", "write", "lists", "import"})


@pytest.fixture
def head(open_database: OpenDatabase) -> Contacts:
    """The service as the head of sales asks it."""
    actor = Actor(subject="head", role="head_of_sales", reach="all", scopes=_SCOPES)
    return Contacts(open_database("contacts", metadata), actor)


def team_of(contacts: Contacts, *names: str, name: str = "North") -> tuple[str, list[str]]:
    """Make a team of managers; give its id and theirs."""
    team = contacts.ask("register_team", name=name)["id"]
    return team, [contacts.ask("register_manager", name=one, team_id=team)["id"] for one in names]


def manager_of(contacts: Contacts, **about: Any) -> str | None:
    """Register a partner and give its manager."""
    found: str | None = contacts.ask("register_partner", name="Acme", **about)["manager_id"]
    return found


def test_partners_go_to_the_managers_of_a_team_by_turns(head: Contacts) -> None:
    team, (ann, bob, eve) = team_of(head, "Ann", "Bob", "Eve")
    assert manager_of(head) is None
    set_to = head.ask("set_assignment_rules", rules=[{"team_id": team}])
    assert (set_to["version"], head.ask("assignment_rules")) == (1, set_to)
    assert [manager_of(head) for _ in range(4)] == [ann, bob, eve, ann]
    assert manager_of(head, manager_id=eve) == eve
    assert manager_of(head) == bob
    assert head.told()[-1][1]["manager_id"] == bob


def test_the_first_rule_that_takes_a_partner_says_to_whom_it_goes(head: Contacts) -> None:
    empty, _ = team_of(head, name="Empty")
    ann, bob, eve = (head.ask("register_manager", name=name)["id"] for name in ("Ann", "Bob", "Eve"))
    rules = [
        {"team_id": empty},
        {"sources": ["Fair"], "roles": ["CLIENT"], "manager_id": ann},
        {"countries": ["de"], "manager_id": bob},
        {"sources": ["Web"], "manager_id": eve},
    ]
    head.ask("set_assignment_rules", rules=rules)
    assert manager_of(head, source=" fair", roles=["CLIENT"]) == ann
    assert manager_of(head, source="Fair") is None
    assert manager_of(head, source="Web", legal_entities=[{"name": "Acme GmbH", "country": "DE"}]) == bob
    assert manager_of(head, source="web") == eve
    head.ask("set_assignment_rules", rules=[], expected_version=1)
    assert manager_of(head, source="web") is None


def test_imported_partners_are_assigned_too_and_stay_so(head: Contacts) -> None:
    team, (ann, bob) = team_of(head, "Ann", "Bob")
    head.ask("set_assignment_rules", rules=[{"team_id": team}])
    rows = [{"external_ref": {"system": "old", "id": str(n)}, "name": f"P {n}"} for n in range(4)]
    for status in ("CREATED", "UNCHANGED"):
        results = head.ask("import_partners", rows=rows)["results"]
        assert [result["status"] for result in results] == [status] * 4
        found = head.ask("partners_by_ids", ids=[result["id"] for result in results])["nodes"]
        assert [node["manager_id"] for node in found] == [ann, bob, ann, bob]


def test_two_at_once_go_to_different_managers(head: Contacts) -> None:
    team, managers = team_of(head, "Ann", "Bob", "Eve")
    head.ask("set_assignment_rules", rules=[{"team_id": team}])
    with ThreadPoolExecutor(6) as pool:
        given = list(pool.map(lambda _: manager_of(head), range(12)))
    assert Counter(given) == dict.fromkeys(managers, 4)


def test_what_does_not_fit_is_refused(head: Contacts) -> None:
    gone = {"manager_id": str(new_id(MANAGER))}
    rules = [{}, gone, {"team_id": str(new_id(TEAM)), "roles": []}, {**gone, "countries": ["XX"], "sources": [" "]}]
    assert head.refused("set_assignment_rules", rules=rules) == [
        ("REQUIRED", "rules.0.manager"),
        ("INVALID", "rules.2.roles"),
        ("REQUIRED", "rules.3.sources"),
        ("UNKNOWN_COUNTRY", "rules.3.countries"),
        ("NOT_FOUND", "rules.1.manager"),
        ("NOT_FOUND", "rules.2.team"),
        ("NOT_FOUND", "rules.3.manager"),
    ]
    head.ask("set_assignment_rules", rules=[])
    assert head.refused("set_assignment_rules", rules=[], expected_version=0) == [("CONFLICT", "expectedVersion")]


def test_only_who_keeps_lists_sets_rules(head: Contacts) -> None:
    ann = UUID(head.ask("register_manager", name="Ann")["id"])
    actor = Actor(subject="Ann", role="manager", member_id=ann, scopes=frozenset({"read", "write"}))
    with pytest.raises(Forbidden):
        head.as_actor(actor).ask("set_assignment_rules", rules=[])


def test_turns_begin_anew_where_the_last_one_has_left() -> None:
    ann, bob = new_id(MANAGER), new_id(MANAGER)
    assert next_turn([], None) is None
    assert next_turn([ann, bob], None) == ann
    assert next_turn([ann, bob], bob) == ann
    assert next_turn([ann, bob], new_id(MANAGER)) == ann


def test_whom_no_rule_takes_is_of_the_manager_who_registers_it(head: Contacts) -> None:
    ann, bob = (head.ask("register_manager", name=name)["id"] for name in ("Ann", "Bob"))
    seller = head.as_actor(Actor(subject="Ann", role="manager", member_id=UUID(ann), scopes=_SCOPES))
    assert manager_of(seller) == ann
    assert manager_of(seller, manager_id=bob) == bob
    head.ask("set_assignment_rules", rules=[{"sources": ["Fair"], "manager_id": bob}])
    assert [manager_of(seller, source="Fair"), manager_of(seller, source="Web")] == [bob, ann]
    stranger = head.as_actor(Actor(subject="x", role="manager", member_id=new_id(MANAGER), scopes=_SCOPES))
    assert manager_of(stranger) is None
