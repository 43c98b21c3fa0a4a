"""Merges that nobody thought of, undone in reverse: nothing of them stays but that they were."""

from __future__ import annotations

import os
from typing import Any

import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.errors import Refused
from chassis.store.timers import Timers
from services.contacts.due.find_duplicates import find_duplicates
from services.contacts.storage.duplicate_pairs import LOOK
from services.contacts.storage.tables import metadata
from tests.services.contacts.conftest import Contacts
from tests.support.databases import Backend, opened

_NUMBER = 6

# what is only ever added to, and what counts: versions tell that something happened
_RECORDS = {"changes", "contact_point_changes", "timeline", "timers"}


@settings(max_examples=int(os.environ.get("CRM_TEST_EXAMPLES", "12")), deadline=None)
@given(
    tree=st.lists(st.integers(0, _NUMBER - 1), min_size=_NUMBER, max_size=_NUMBER),
    merges=st.lists(st.tuples(st.integers(0, _NUMBER - 1), st.integers(0, _NUMBER - 1)), min_size=1, max_size=8),
)
def test_merging_and_undoing_in_reverse_gives_back_what_was(
    database_backend: Backend, tree: list[int], merges: list[tuple[int, int]]
) -> None:
    with opened(database_backend, "contacts", metadata) as database:
        _merge_and_undo(Contacts(database), tree, merges)


def _merge_and_undo(contacts: Contacts, tree: list[int], merges: list[tuple[int, int]]) -> None:
    partners: list[str] = []
    shared = {"kind": "EMAIL", "value": "info@acme.com"}
    for place, parent in enumerate(tree):
        facts: dict[str, Any] = {
            "name": f"Acme {'east' if place % 2 else 'west'}",
            "contact_persons": [{"full_name": f"P{place}"}],
        }
        facts |= {"contact_points": [shared]} if place % 2 else {"source": f"s{place}", "interaction": {"kind": "CALL"}}
        facts |= {"parent_id": partners[parent]} if parent < place else {}
        partners.append(contacts.ask("register_partner", **facts)["id"])
    look(contacts)
    before, shown = rows(contacts), views(contacts, partners)
    done = []
    for survivor, merged in merges:
        try:
            contacts.ask("merge_partners", survivor_id=partners[survivor], merged_id=partners[merged])
        except Refused:  # the same, merged already, or below each other
            continue
        done.append(merged)
        look(contacts)
        _all_is_seen_with_survivors(contacts, partners)
    for merged in reversed(done):
        contacts.ask("unmerge_partner", partner_id=partners[merged])
    look(contacts)
    assert rows(contacts) == before
    assert views(contacts, partners) == shown


def _all_is_seen_with_survivors(contacts: Contacts, partners: list[str]) -> None:
    found = contacts.ask("partners_by_ids", ids=partners)["nodes"]
    standing = {one["id"] for one in found}
    listed = contacts.ask("list_partners", search="Acme")["nodes"]
    assert standing == {one["id"] for one in listed}
    people = {person["full_name"] for one in found for person in one["contact_persons"]}
    assert people == {f"P{place}" for place in range(_NUMBER)}


def views(contacts: Contacts, partners: list[str]) -> list[dict[str, Any]]:
    """Give the partners as they are shown, but for their versions."""
    found = contacts.ask("partners_by_ids", ids=partners)["nodes"]
    return [{name: value for name, value in one.items() if name != "version"} for one in found]


def rows(contacts: Contacts) -> dict[str, list[Any]]:
    """Give all rows of all tables of facts, but for versions."""
    tables = contacts.database.metadata.tables
    chassis = {table.name for table in vars(contacts.database.tables).values() if isinstance(table, sa.Table)}
    with contacts.database.reading() as reading:
        return {
            name: sorted(
                str([row._mapping[column.name] for column in table.c if column.name != "version"])
                for row in reading.connection.execute(sa.select(table))
            )
            for name, table in tables.items()
            if name not in _RECORDS | chassis
        }


def look(contacts: Contacts) -> None:
    """Let the timer look for all duplicates that are to be looked for."""
    timers = Timers(contacts.database, {LOOK: find_duplicates})
    while timers.fire_next():
        pass
