"""Merges at once: whoever comes second sees what the first one did."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from chassis.errors import Refused
from tests.services.contacts.conftest import Contacts


def _run(contacts: Contacts, asked: list[tuple[str, str]]) -> list[str]:
    def merge(pair: tuple[str, str]) -> str:
        try:
            contacts.ask("merge_partners", survivor_id=pair[0], merged_id=pair[1])
            return "merged"
        except Refused as refusal:
            return refusal.problems[0].code

    with ThreadPoolExecutor(len(asked)) as pool:
        return sorted(pool.map(merge, asked))


def test_two_partners_are_never_merged_into_each_other(contacts: Contacts) -> None:
    a, b = (contacts.ask("register_partner", name=name)["id"] for name in "AB")
    assert _run(contacts, [(a, b), (b, a)]) == ["PARTNER_MERGED", "merged"]
    assert len(contacts.ask("list_partners")["nodes"]) == 1


def test_a_chain_that_is_made_at_once_ends_with_one(contacts: Contacts) -> None:
    ids = [contacts.ask("register_partner", name=name)["id"] for name in "ABCDE"]
    pairs = list(zip(ids[1:], ids[:-1], strict=True))
    done = _run(contacts, pairs).count("merged")
    # a merge into a partner that was merged just now is refused: that many stand
    assert len(contacts.ask("list_partners")["nodes"]) == len(ids) - done
    seen = contacts.ask("partners_by_ids", ids=ids)["nodes"]
    assert {one["id"] for one in seen} == {one["id"] for one in contacts.ask("list_partners")["nodes"]}
