"""Partners that contacts merges: their claims are found under the one that survives, and nothing is rewritten."""

from __future__ import annotations

from itertools import permutations
from uuid import UUID

import pytest

from chassis.ids import new_id
from tests.services.claims.conftest import HEAD, Claims, manager


def shown(claims: Claims, *partners: UUID) -> list[set[str]]:
    """Give the claims of each partner, as the partner's page and the filtered list have them alike."""
    pages = claims.ask("claims_of_partners", partner_ids=list(partners))["pages"]
    found = [{claim["id"] for claim in page["nodes"]} for page in pages]
    for partner, seen in zip(partners, found, strict=True):
        listed = claims.ask("list_claims", filter={"partner_ids": [partner]})["nodes"]
        assert {claim["id"] for claim in listed} == seen
    return found


def test_claims_of_a_merged_partner_are_found_under_the_survivor_until_that_is_undone(claims: Claims) -> None:
    old, new, other = (new_id(0x101) for _ in range(3))
    made = {partner: claims.register(partner_id=partner)["id"] for partner in (old, new, other)}
    claims.hear("contacts", "partner.merged", 3, partner_id=old, into_id=new)
    assert shown(claims, new, old, other) == [{made[old], made[new]}] * 2 + [{made[other]}]
    (claim,) = claims.ask("claims_by_ids", ids=[made[old]])["nodes"]
    assert claim["partner_id"] == str(old)
    claims.hear("contacts", "partner.unmerged", 4, partner_id=old, into_id=new)
    claims.hear("contacts", "partner.merged", 3, partner_id=old, into_id=new)  # comes late
    assert shown(claims, new, old) == [{made[new]}, {made[old]}]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_merges_lead_on_in_whatever_order_they_are_heard(claims: Claims, order: tuple[int, ...]) -> None:
    a, b, c, d = (new_id(0x101) for _ in range(4))
    made = {partner: claims.register(partner_id=partner)["id"] for partner in (a, b, c, d)}
    merges = [(a, b, 2), (b, c, 3), (d, b, 4)]
    for place in order:
        partner, into, sequence = merges[place]
        claims.hear("contacts", "partner.merged", sequence, partner_id=partner, into_id=into)
    assert shown(claims, a, b, c, d) == [set(made.values())] * 4
    claims.hear("contacts", "partner.unmerged", 5, partner_id=b, into_id=c)
    assert shown(claims, a, c) == [{made[a], made[b], made[d]}, {made[c]}]


def test_partners_that_seem_to_lead_to_each_other_are_one_until_more_is_heard(claims: Claims) -> None:
    one, other = new_id(0x101), new_id(0x101)
    made = {partner: claims.register(partner_id=partner)["id"] for partner in (one, other)}
    claims.hear("contacts", "partner.merged", 9, partner_id=other, into_id=one)  # the undoing of the first comes later
    claims.hear("contacts", "partner.merged", 2, partner_id=one, into_id=other)
    assert shown(claims, one, other) == [set(made.values())] * 2
    claims.hear("contacts", "partner.unmerged", 4, partner_id=one, into_id=other)
    assert shown(claims, one, other) == [set(made.values())] * 2


def test_claims_of_a_merged_partner_are_in_reach_of_whoever_sees_the_survivor(claims: Claims) -> None:
    ann, bob, old, new = new_id(0x102), new_id(0x102), new_id(0x101), new_id(0x101)
    for partner, manages in ((new, ann), (old, bob)):
        claims.hear("contacts", "partner.registered", 1, partner_id=partner, manager_id=manages)
    made = claims.register(HEAD, partner_id=old)["id"]

    def sees(member: UUID) -> bool:
        (page,) = claims.ask("claims_of_partners", manager(member), partner_ids=[new])["pages"]
        return [claim["id"] for claim in page["nodes"]] == [made]

    assert (sees(ann), sees(bob)) == (False, False)
    claims.hear("contacts", "partner.merged", 2, partner_id=old, into_id=new)
    assert (sees(ann), sees(bob)) == (True, False)
