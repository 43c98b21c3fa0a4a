"""Partners that contacts merges: their deals and terms are found under the one that survives, and nothing is rewritten."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from chassis.ids import new_id
from tests.services.deals.world import PARTNER, World

TODAY = datetime.now(UTC).date()


def deals_of(world: World, partner: UUID) -> set[str]:
    (page,) = world.ask("deals_of_partners", partner_ids=[partner])["pages"]
    listed = world.ask("list_deals", filter={"partner_ids": [partner]})["nodes"]
    found = {deal["id"] for deal in page["nodes"]}
    assert found == {deal["id"] for deal in listed}
    return found


def classified(world: World, *partners: UUID) -> list[bool]:
    return list(world.ask("classified_partners", partner_ids=list(partners))["classified"])


def test_deals_of_a_merged_partner_are_found_under_the_survivor_until_that_is_undone(world: World) -> None:
    old, new, other = (new_id(PARTNER) for _ in range(3))
    deals = {partner: world.open(partner_id=partner)["id"] for partner in (old, new, other)}
    world.hear("partner.merged", 3, partner_id=old, into_id=new)
    assert deals_of(world, new) == deals_of(world, old) == {deals[old], deals[new]}
    assert deals_of(world, other) == {deals[other]}
    assert world.deal(deals[old])["partner_id"] == str(old)

    world.hear("partner.unmerged", 4, partner_id=old, from_id=new)
    assert (deals_of(world, new), deals_of(world, old)) == ({deals[new]}, {deals[old]})


def test_merges_lead_on_and_come_in_any_order(world: World) -> None:
    first, second, last = (new_id(PARTNER) for _ in range(3))
    deals = {world.open(partner_id=partner)["id"] for partner in (first, second, last)}
    world.hear("partner.merged", 5, partner_id=second, into_id=last)
    world.hear("partner.merged", 2, partner_id=first, into_id=second)
    assert deals_of(world, last) == deals
    world.hear("partner.unmerged", 7, partner_id=first)
    world.hear("partner.merged", 2, partner_id=first, into_id=second)
    assert len(deals_of(world, last)) == 2


def test_partners_that_seem_to_lead_to_each_other_are_one_until_more_is_heard(world: World) -> None:
    one, other = new_id(PARTNER), new_id(PARTNER)
    deals = {world.open(partner_id=partner)["id"] for partner in (one, other)}
    world.hear("partner.merged", 9, partner_id=other, into_id=one)  # the undoing of the first merge comes later
    world.hear("partner.merged", 2, partner_id=one, into_id=other)
    assert deals_of(world, one) == deals_of(world, other) == deals
    world.hear("partner.unmerged", 4, partner_id=one)
    assert deals_of(world, one) == deals


def test_terms_of_a_merged_partner_classify_the_survivor(world: World) -> None:
    old, new = new_id(PARTNER), new_id(PARTNER)
    world.classify(old)
    assert classified(world, old, new) == [True, False]
    deal = world.open("typical_sale", partner_id=new)
    world.do("move_deal", deal_id=deal["id"], stage="qualification")
    assert world.refused("move_deal", deal_id=deal["id"], stage="proposal").code == "GUARDS_UNMET"
    world.hear("partner.merged", 2, partner_id=old, into_id=new)
    assert classified(world, old, new) == [True, True]
    assert world.do("move_deal", deal_id=deal["id"], stage="proposal")["stage"] == "proposal"
    world.hear("partner.unmerged", 3, partner_id=old)
    assert classified(world, old, new) == [True, False]


def test_deals_of_partners_that_are_one_may_be_one_sale(world: World) -> None:
    old, new = new_id(PARTNER), new_id(PARTNER)
    duplicate, survivor = world.open(partner_id=old), world.open(partner_id=new)
    merging = {"survivor_id": survivor["id"], "duplicate_ids": [duplicate["id"]]}
    assert world.refused("merge_deals", **merging).code == "DIFFERENT_PARTNERS"
    world.hear("partner.merged", 2, partner_id=old, into_id=new)
    world.do("merge_deals", **merging)


def test_who_competes_under_another_name_competes(world: World) -> None:
    old, new = new_id(PARTNER), new_id(PARTNER)
    world.hear("partner.registered", 1, partner_id=old, roles=["CLIENT"])
    world.hear("partner.registered", 1, partner_id=new, roles=["COMPETITOR"])
    lose = {"deal_id": world.open()["id"], "reason": "competitor", "competitor_id": old}
    assert world.refused("lose_deal", **lose).code == "NOT_A_COMPETITOR"
    world.hear("partner.merged", 2, partner_id=old, into_id=new)
    assert world.do("lose_deal", **lose)["competitor_id"] == str(old)
