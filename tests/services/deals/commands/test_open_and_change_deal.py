"""Opening and changing deals."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.errors import Refused
from chassis.ids import new_id
from tests.services.deals.world import MANAGER, PARTNER, World, manager_actor


def test_a_deal_begins_at_the_first_stage(world: World) -> None:
    deal = world.open("typical_sale", amount={"amount": "5", "currency": "EUR"}, expected_close_on="2030-01-31")
    assert (deal["stage"], deal["outcome"], deal["version"], deal["number"]) == (
        "first_contact", "IN_PROGRESS", 1, "D-000001",
    )  # fmt: skip
    assert deal["amount"] == {"amount": "5.00", "currency": "EUR", "base": None}
    assert world.deal(deal["id"]) == deal
    (event,) = world.told("deal.opened")
    assert (event["stage"], event["stage_rank"], event["expected_close_on"]) == ("first_contact", 1, "2030-01-31")
    assert "title" not in event


def test_numbers_go_up(world: World) -> None:
    assert [world.open()["number"] for _ in range(3)] == ["D-000001", "D-000002", "D-000003"]


def test_the_manager_is_who_asks_else_the_partners(world: World) -> None:
    mine, theirs, partner = new_id(MANAGER), new_id(MANAGER), new_id(PARTNER)
    world.hear("partner.registered", 1, partner_id=partner, manager_id=theirs, roles=["PROSPECT"], source=None)
    assert world.open(actor=manager_actor(mine), partner_id=partner)["manager_id"] == str(mine)
    assert world.open(partner_id=partner)["manager_id"] == str(theirs)
    assert world.open(partner_id=new_id(PARTNER))["manager_id"] is None


@pytest.mark.parametrize(
    ("input", "code", "field"),
    [
        ({"title": "  "}, "REQUIRED", "title"),
        ({"title": "x" * 501}, "TOO_LONG", "title"),
        ({"title": "a\0b"}, "INVALID", "title"),
        ({"expected_close_on": "20206-01-01"}, "INVALID", "expected_close_on"),
        ({"amount": {"amount": "-1", "currency": "USD"}}, "INVALID_AMOUNT", "amount"),
        ({"amount": {"amount": "9E999999", "currency": "USD"}}, "INVALID_AMOUNT", "amount"),
        ({"amount": {"amount": "1." + "0" * 40 + "1", "currency": "USD"}}, "INVALID_AMOUNT", "amount"),
        ({"amount": {"amount": "1", "currency": "XYZ"}}, "UNKNOWN_CURRENCY", "amount"),
        ({"process_id": str(new_id(0x201))}, "NOT_FOUND", "process"),
    ],
)
def test_what_cannot_be_opened(world: World, input: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        world.open(**input)
    problem = refusal.value.problems[0]
    assert (problem.code, (problem.field or ("",))[0]) == (code, field)
    assert world.told() == []


def test_an_external_reference_names_one_deal(world: World) -> None:
    world.open(external_ref={"system": "shop", "id": "7"})
    with pytest.raises(Refused, match="EXTERNAL_REF_TAKEN"):
        world.open(external_ref={"system": "shop", "id": "7"})


def test_what_is_not_named_stays_and_null_takes_away(world: World) -> None:
    deal = world.open(amount={"amount": "5", "currency": "USD"}, products=["GTX"], expected_close_on="2030-01-31")
    changed = world.do("change_deal", deal_id=deal["id"], expected_version=1, title="Other", amount=None)
    assert (changed["title"], changed["amount"], changed["products"], changed["version"]) == ("Other", None, ["GTX"], 2)
    (event,) = world.told("deal.changed")
    assert (event["changed"], event["expected_close_on"]) == (["amount", "title"], "2030-01-31")


def test_a_change_to_what_already_is_writes_nothing(world: World) -> None:
    deal = world.open(title="Same")
    before = world.footprint()
    assert world.do("change_deal", deal_id=deal["id"], title="Same")["version"] == 1
    assert world.footprint() == before


def test_changes_that_are_refused(world: World) -> None:
    deal = world.open_at("qualification")
    assert world.refused("change_deal", deal_id=deal["id"], partner_id=None).code == "PARTNER_REQUIRED"
    assert world.refused("change_deal", deal_id=deal["id"], title="Other", expected_version=1).code == "CONFLICT"
    assert world.refused("change_deal", deal_id=deal["id"]).code == "REQUIRED"
    world.do("lose_deal", deal_id=deal["id"], reason="price")
    assert world.refused("change_deal", deal_id=deal["id"], title="Other").code == "DEAL_CLOSED"


def test_deals_begin_in_the_newest_version_of_a_process(world: World) -> None:
    versions = {
        event["version"]: event["process_id"]
        for event in world.told("process.published")
        if event["key"] == "typical_sale"
    }
    refused = world.refused("open_deal", process_id=versions[1], title="Late")
    assert (refused.code, refused.field, refused.details) == ("OUTDATED_PROCESS", ("process",), (versions[2],))
    assert world.open("typical_sale")["process_id"] == versions[2]


def test_a_deal_keeps_the_version_in_which_it_began(world: World) -> None:
    (first, *_) = world.told("process.published")
    rows = [
        {
            "external_ref": {"system": "old", "id": "1"},
            "process_id": first["process_id"],
            "title": "From before",
            "partner_id": new_id(PARTNER),
            "created_at": "2020-01-01T00:00:00Z",
            "transitions": [{"stage": "proposal", "at": "2020-01-02T00:00:00Z"}],
        }
    ]
    (result,) = world.do("import_deals", rows=rows)["results"]
    moved = world.do("move_deal", deal_id=result["id"], stage="presentation")
    assert moved["stage"] == "presentation", "the first version asks for no proposal"
