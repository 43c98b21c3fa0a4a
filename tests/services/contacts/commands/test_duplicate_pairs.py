"""The queue of pairs that may be one: filled by a timer, dismissed, and back where something else is shared."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from chassis.actor import Actor
from chassis.ids import new_id
from chassis.wire import Json
from services.contacts.domain.kinds import DUPLICATE_PAIR
from tests.services.contacts.conftest import Contacts
from tests.services.contacts.test_any_merge import look

PHONE = {"kind": "PHONE", "value": "+1 212 555 0123"}
EMAIL = {"kind": "EMAIL", "value": "a@acme.com"}


def _queue(contacts: Contacts, **asked: Any) -> list[Json]:
    return list(contacts.ask("list_duplicate_pairs", **asked)["nodes"])


def _shown(contacts: Contacts) -> list[tuple[set[str], list[str]]]:
    return [({pair["first_id"], pair["second_id"]}, pair["reasons"]) for pair in _queue(contacts)]


def _register(contacts: Contacts, name: str, **facts: Any) -> str:
    return str(contacts.ask("register_partner", name=name, **facts)["id"])


def test_pairs_are_found_after_registering_not_within_it(contacts: Contacts) -> None:
    one, other = _register(contacts, "Acme", contact_points=[PHONE]), _register(contacts, "Acme")
    third = _register(contacts, "Bolt", contact_points=[PHONE])
    assert _queue(contacts) == []
    look(contacts)
    assert _shown(contacts) == [({one, third}, ["PHONE"]), ({one, other}, ["NAME"])]
    look(contacts)
    assert len(_queue(contacts)) == 2
    first = contacts.ask("list_duplicate_pairs", page={"first": 1})
    rest = contacts.ask("list_duplicate_pairs", page={"first": 1, "after": first["cursors"][0]})
    assert [pair["score"] for pair in first["nodes"] + rest["nodes"]] == [0.7, 0.6]


def test_changes_of_partners_and_persons_are_looked_at_again(contacts: Contacts) -> None:
    one = _register(contacts, "Acme", contact_points=[PHONE])
    other = contacts.ask("register_partner", name="Bolt", contact_persons=[{"full_name": "Ann"}])
    look(contacts)
    assert _shown(contacts) == []
    contacts.ask("add_contact_point", contact_person_id=other["contact_persons"][0]["id"], **PHONE)
    look(contacts)
    assert _shown(contacts) == [({one, other["id"]}, ["PHONE"])]
    contacts.ask("change_partner", partner_id=one, contact_points=[])
    look(contacts)
    assert _shown(contacts) == [({one, other["id"]}, ["PHONE"])]  # a number that was theirs still tells


def test_a_pair_that_has_nothing_in_common_any_more_is_gone(contacts: Contacts) -> None:
    one = _register(contacts, "Acme")
    _register(contacts, "Acme")
    look(contacts)
    contacts.ask("change_partner", partner_id=one, name="Zenith")
    look(contacts)
    assert _queue(contacts) == []


def test_an_import_is_looked_through_in_batches(contacts: Contacts) -> None:
    rows = [
        {"external_ref": {"system": "old", "id": f"{n}"}, "name": f"Partner {n // 2:03} {n // 2:03}"} for n in range(50)
    ]
    contacts.ask("import_partners", rows=rows)
    assert _queue(contacts) == []
    look(contacts)
    same = [pair for pair in _queue(contacts, page={"first": 100}) if "NAME" in pair["reasons"]]
    assert len(same) == 25


def test_a_dismissed_pair_comes_back_only_where_something_else_is_shared(contacts: Contacts) -> None:
    one, other = _register(contacts, "Acme"), _register(contacts, "Acme")
    look(contacts)
    (pair,) = _queue(contacts)
    dismissed = contacts.ask("dismiss_duplicate", pair_id=pair["id"])
    assert (dismissed["status"], dismissed["dismissed_by"]) == ("DISMISSED", "system")
    assert contacts.ask("dismiss_duplicate", pair_id=pair["id"]) == dismissed
    contacts.ask("change_partner", partner_id=one, roles=["SUPPLIER"])
    look(contacts)
    assert (_queue(contacts), _queue(contacts, status="DISMISSED")) == ([], [dismissed])
    for partner in (one, other):
        contacts.ask("add_contact_point", partner_id=partner, **EMAIL)
    look(contacts)
    (again,) = _queue(contacts)
    assert (again["id"], again["reasons"], again["dismissed_at"]) == (pair["id"], ["EMAIL", "NAME"], None)


def test_a_merged_partner_has_no_pairs_until_it_stands_by_itself_again(contacts: Contacts) -> None:
    one, other, third = (_register(contacts, "Acme") for _ in range(3))
    look(contacts)
    before = _queue(contacts)
    assert len(before) == 3
    contacts.ask("merge_partners", survivor_id=one, merged_id=other)
    look(contacts)
    assert [ids for ids, _ in _shown(contacts)] == [{one, third}]
    contacts.ask("unmerge_partner", partner_id=other)
    look(contacts)
    assert _queue(contacts) == before


def test_only_pairs_of_partners_in_reach_are_shown_and_dismissed(contacts: Contacts) -> None:
    eve, ann = (UUID(contacts.ask("register_manager", name=name)["id"]) for name in ("Eve", "Ann"))
    _register(contacts, "Acme", manager_id=eve)
    _register(contacts, "Acme", manager_id=ann)
    look(contacts)
    (pair,) = _queue(contacts)
    for_ann = contacts.as_actor(
        Actor(subject="a", role="manager", reach="own", member_id=ann, scopes=frozenset({"read", "write"}))
    )
    assert _queue(for_ann) == []
    assert for_ann.ask("duplicate_pairs_by_ids", ids=[pair["id"]])["nodes"] == [None]
    assert for_ann.refused("dismiss_duplicate", pair_id=pair["id"]) == [("NOT_FOUND", "pair")]
    assert contacts.refused("dismiss_duplicate", pair_id=new_id(DUPLICATE_PAIR)) == [("NOT_FOUND", "pair")]
