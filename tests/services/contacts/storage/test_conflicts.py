"""Two who change one thing at once: the second is told what changed, and nothing is overwritten in silence."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest

from chassis.actor import Actor
from chassis.errors import Problem, Refused
from chassis.ids import new_id
from services.contacts.domain.kinds import MANAGER
from tests.services.contacts.conftest import Contacts


def test_of_two_who_change_a_partner_at_once_the_second_is_told_what_the_first_changed(contacts: Contacts) -> None:
    partner = contacts.ask("register_partner", name="Acme")

    def change(who: Contacts, name: str) -> Problem | None:
        try:
            who.ask("change_partner", partner_id=partner["id"], name=name, expected_version=1)
        except Refused as refusal:
            return refusal.problems[0]
        return None

    both = {name: contacts.as_actor(_manager(name)) for name in ("ann", "ben")}
    with ThreadPoolExecutor(2) as threads:
        results = list(threads.map(lambda name: change(both[name], f"Acme of {name}"), both))
    (problem,) = [one for one in results if one is not None]
    first = "ann" if results[0] is None else "ben"
    assert problem.code == "CONFLICT"
    (detail,) = problem.details
    assert detail.startswith(f"name: changed by {first} at 20")
    (now,) = contacts.ask("partners_by_ids", ids=[partner["id"]])["nodes"]
    assert (now["name"], now["version"]) == (f"Acme of {first}", 2)
    (change_on_record,) = contacts.ask("changes_of", thing_ids=[partner["id"]])["pages"][0]["nodes"]
    assert (change_on_record["before"], change_on_record["after"]) == ("Acme", f"Acme of {first}")


@pytest.mark.parametrize(
    ("register", "change", "id", "first", "second"),
    [
        ("register_contact_person", "change_contact_person", "contact_person_id", "full_name", "notes"),
        ("register_legal_entity", "change_legal_entity", "legal_entity_id", "name", "full_name"),
    ],
)
def test_persons_and_entities_are_guarded_as_well(
    contacts: Contacts, register: str, change: str, id: str, first: str, second: str
) -> None:
    more = {"country": "US"} if register == "register_legal_entity" else {}
    thing = contacts.ask(register, **{first: "Acme"}, **more)["id"]
    contacts.ask(change, **{id: thing, first: "Bolt", "expected_version": 1})
    with pytest.raises(Refused) as refusal:
        contacts.ask(change, **{id: thing, second: "late", "expected_version": 1})
    (problem,) = refusal.value.problems
    assert problem.code == "CONFLICT" and problem.field == ("expectedVersion",)
    assert [detail.split(":")[0] for detail in problem.details] == ["fullName" if first == "full_name" else "name"]


def test_two_who_make_each_other_a_branch_at_once_make_no_ring(contacts: Contacts) -> None:
    one, other = (contacts.ask("register_partner", name=name)["id"] for name in ("A", "B"))

    def move(pair: tuple[str, str]) -> str:
        try:
            contacts.ask("change_partner", partner_id=pair[0], parent_id=pair[1])
        except Refused as refusal:
            return refusal.problems[0].code
        return "MOVED"

    with ThreadPoolExecutor(2) as threads:
        results = sorted(threads.map(move, [(one, other), (other, one)]))
    assert results == ["MOVED", "PARTNER_WITHIN_ITSELF"]


def test_two_who_give_two_entities_one_tax_id_at_once_do_not_both_succeed(contacts: Contacts) -> None:
    ids = [contacts.ask("register_legal_entity", name=name, country="US")["id"] for name in ("A", "B")]

    def give(id: str) -> str:
        try:
            contacts.ask("change_legal_entity", legal_entity_id=id, tax_id="04-2103594")
        except Refused as refusal:
            return refusal.problems[0].code
        return "GIVEN"

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(give, ids)) == ["GIVEN", "TAX_ID_TAKEN"]


def test_a_branch_stands_below_its_head_and_not_below_itself(contacts: Contacts) -> None:
    head = contacts.ask("register_partner", name="Head")
    branch = contacts.ask("register_partner", name="Branch", parent_id=head["id"])
    leaf = contacts.ask("register_partner", name="Leaf", parent_id=branch["id"])
    assert [told["parent_id"] for _, told in contacts.told()] == [None, head["id"], branch["id"]]
    for below in (head, branch, leaf):
        assert contacts.refused("change_partner", partner_id=head["id"], parent_id=below["id"]) == [
            ("PARTNER_WITHIN_ITSELF", "parent")
        ]
    (page,) = contacts.ask("branches_of_partners", partner_ids=[head["id"]])["pages"]
    assert [one["id"] for one in page["nodes"]] == [branch["id"]]
    moved = contacts.ask("change_partner", partner_id=leaf["id"], parent_id=None)
    told = contacts.told()[-1][1]
    assert (moved["parent_id"], told["changed"], told["parent_id"]) == (None, ["parent_id"], None)


def test_a_head_that_is_not_in_reach_is_not_found(contacts: Contacts) -> None:
    eve = contacts.ask("register_manager", name="Eve")["id"]
    hers = contacts.ask("register_partner", name="Hers", manager_id=eve)
    stranger = contacts.as_actor(_manager("ben", reach="own"))
    refused = stranger.refused("register_partner", name="Mine", parent_id=hers["id"])
    assert refused == [("NOT_FOUND", "parent")]


def _manager(subject: str, reach: str = "all") -> Actor:
    member: UUID = new_id(MANAGER)
    scopes: Any = frozenset({"read", "write"})
    return Actor(subject=subject, role="manager", reach=reach, member_id=member, scopes=scopes)
