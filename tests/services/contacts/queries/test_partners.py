"""Finding partners: by ids, by name, by pages, within one's reach."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import pytest

from chassis.actor import Actor
from chassis.errors import Refused
from chassis.ids import new_id
from services.contacts.domain.kinds import PARTNER
from tests.services.contacts.conftest import Contacts


def test_partners_by_ids_are_aligned_with_the_ids(contacts: Contacts) -> None:
    acme, bolt = _register(contacts, "Acme", "Bolt")
    ids = [bolt["id"], str(new_id(PARTNER)), acme["id"], bolt["id"]]
    assert contacts.ask("partners_by_ids", ids=ids)["nodes"] == [bolt, None, acme, bolt]
    (bare,) = contacts.ask("partners_by_ids", ids=[acme["id"]], contacts=False)["nodes"]
    assert bare == {key: acme[key] for key in bare} and "contact_points" not in bare


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("ром", ["ООО Ромашка"]),
        ("РОМ ооо", ["ООО Ромашка"]),
        ("омашка", []),
        ("елк", ["Ёлка-2"]),
        ("ЁЛ", ["Ёлка-2"]),
        ("acme co", ["Acme Corp"]),
        ("100%", ["100% Cotton"]),
        ("_", []),
        ("&", []),
        ("  ", ["100% Cotton", "Acme Corp", "Ёлка-2", "ООО Ромашка"]),
    ],
)
def test_a_search_finds_beginnings_of_words(contacts: Contacts, search: str, found: list[str]) -> None:
    _register(contacts, "ООО Ромашка", "Ёлка-2", "Acme Corp", "100% Cotton")
    assert _names(contacts.ask("list_partners", search=search)["nodes"]) == found


def test_pages_follow_each_other_without_gaps(contacts: Contacts) -> None:
    _register(contacts, *(f"Acme {n % 3}" for n in range(7)))
    for order in ({}, {"descending": True}, {"order": "REGISTERED_AT"}, {"order": "REGISTERED_AT", "descending": True}):
        seen, after = [], None
        while True:
            page = contacts.ask("list_partners", page={"first": 3, "after": after, "total": True}, **order)
            assert page["total"] == 7
            seen += page["nodes"]
            if not page["has_next"]:
                break
            after = page["cursors"][-1]
        key = "registered_at" if "order" in order else "name"
        expected = sorted(seen, key=lambda p: (p[key], p["id"]), reverse="descending" in order)
        assert len({p["id"] for p in seen}) == 7
        assert _names(seen) == _names(expected) and seen == expected


def test_filters_narrow(contacts: Contacts) -> None:
    manager = contacts.ask("register_manager", name="Ann")
    contacts.ask("register_partner", name="Acme", roles=["CLIENT", "SUPPLIER"], manager_id=manager["id"])
    contacts.ask("register_partner", name="Bolt", roles=["COMPETITOR"])
    for filter, found in (
        ({"roles": ["SUPPLIER", "COMPETITOR"]}, ["Acme", "Bolt"]),
        ({"roles": ["COMPETITOR"]}, ["Bolt"]),
        ({"roles": []}, []),
        ({"manager_ids": [manager["id"]]}, ["Acme"]),
        (None, ["Acme", "Bolt"]),
    ):
        assert _names(contacts.ask("list_partners", filter=filter)["nodes"]) == found


def test_a_cursor_of_another_list_is_refused(contacts: Contacts) -> None:
    with pytest.raises(Refused, match="INVALID_CURSOR"):
        contacts.ask("list_partners", page={"after": "bm8"})


def test_everyone_sees_the_rows_in_their_reach(contacts: Contacts) -> None:
    east, west = (contacts.ask("register_team", name=name)["id"] for name in ("East", "West"))
    ann = contacts.ask("register_manager", name="Ann", team_id=east)["id"]
    ben = contacts.ask("register_manager", name="Ben", team_id=east)["id"]
    eve = contacts.ask("register_manager", name="Eve", team_id=west)["id"]
    ids = {
        name: contacts.ask(
            "register_partner", name=name, manager_id=manager, external_ref={"system": "old", "id": name}
        )["id"]
        for name, manager in (("Ann's", ann), ("Ben's", ben), ("Eve's", eve), ("Nobody's", None))
    }
    for reach, member, teams, sees in (
        ("all", None, [], ["Ann's", "Ben's", "Eve's", "Nobody's"]),
        ("team", ann, [east], ["Ann's", "Ben's", "Nobody's"]),
        ("team", eve, [], ["Eve's", "Nobody's"]),
        ("own", ann, [east], ["Ann's", "Nobody's"]),
        ("own", None, [], ["Nobody's"]),
    ):
        who = contacts.as_actor(_actor(reach, member, teams))
        hidden = [None if name not in sees else id for name, id in ids.items()]
        listed = who.ask("list_partners", page={"total": True})
        assert _names(listed["nodes"]) == sees and listed["total"] == len(sees)
        assert [p and p["id"] for p in who.ask("partners_by_ids", ids=list(ids.values()))["nodes"]] == hidden
        found = who.ask(
            "locate", partner_ids=list(ids.values()), partner_refs=[{"system": "old", "id": name} for name in ids]
        )
        assert found["partners"] == found["partner_refs"] == hidden


def _actor(reach: str, member: str | None, teams: Iterable[str]) -> Actor:
    return Actor(
        subject="someone",
        role="manager",
        reach=reach,
        member_id=UUID(member) if member else None,
        team_ids=frozenset(map(UUID, teams)),
        scopes=frozenset({"read"}),
    )


def _register(contacts: Contacts, *names: str) -> list[Any]:
    return [contacts.ask("register_partner", name=name) for name in names]


def _names(partners: list[Any]) -> list[str]:
    return [partner["name"] for partner in partners]
