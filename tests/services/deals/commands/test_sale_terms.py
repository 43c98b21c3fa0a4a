"""Typical and individual sale terms: which are in force, what they allow, and how they end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.clock import day_of
from chassis.errors import Refused
from chassis.ids import new_id
from chassis.wire import Json
from tests.services.deals.world import MANAGER, PARTNER, World, manager_actor

SEGMENT = 0x130
LINE: dict[str, Any] = {"product": "M8", "quantity": "1", "price": {"amount": "100", "currency": "USD"}}
UNTIL = "2999-12-31"


def typical(world: World, segment: Any, **more: Any) -> Json:
    payload = {"segment_id": segment, "currency": "USD", "valid_from": "2020-01-01", **more}
    return world.do("register_typical_sale_terms", **payload)


def of_partner(world: World, partner: Any, **more: Any) -> Any:
    (terms,) = world.ask("terms_of_partners", partner_ids=[partner], **more)["terms"]
    return terms and terms["id"]


def of_deal(world: World, deal: Json, **more: Any) -> Any:
    (terms,) = world.ask("terms_of_deals", deal_ids=[deal["id"]], **more)["terms"]
    return terms and terms["id"]


def test_all_that_terms_say_is_kept_and_told(world: World) -> None:
    partner = new_id(PARTNER)
    said = {
        "name": "Wholesale", "price_type": "wholesale", "discount_percent": "5", "max_discount_percent": "12.5",
        "delivery_terms": "FCA", "minimum_sum": "1000",
        "payment_schedule": [
            {"percent": "30", "offset_days": 0, "basis": "ORDER"}, {"percent": "70", "offset_days": 14, "basis": "SHIPMENT"},
        ],
    }  # fmt: skip
    terms = world.classify(partner, **said)
    shown = world.ask("sale_terms_by_ids", ids=[terms["id"]])["nodes"][0]
    assert shown == terms
    assert {name: shown[name] for name in said} == said | {"minimum_sum": {"amount": "1000.00", "currency": "USD"}}
    assert (shown["kind"], shown["version"]) == ("INDIVIDUAL", 1)
    (event,) = world.told("sale_terms.registered")
    assert (event["delivery_terms"], event["max_discount_percent"], event["minimum_sum"]) == ("FCA", "12.5", "1000")
    assert "Wholesale" not in str(event)


def test_typical_terms_hold_for_those_who_belong_to_the_segment(world: World) -> None:
    segment, partner, other = new_id(SEGMENT), new_id(PARTNER), new_id(PARTNER)
    terms = typical(world, segment)
    assert (terms["kind"], terms["segment_id"], terms["partner_id"]) == ("TYPICAL", str(segment), None)
    assert [event["segment_id"] for event in world.told("typical_terms.registered")] == [str(segment)]
    world.hear("segment.member_added", 2, segment_id=segment, partner_id=partner)
    assert (of_partner(world, partner), of_partner(world, other)) == (terms["id"], None)
    assert world.ask("classified_partners", partner_ids=[partner, other])["classified"] == [True, False]
    world.hear("segment.member_removed", 3, segment_id=segment, partner_id=partner)
    world.hear("segment.member_added", 2, segment_id=segment, partner_id=partner)
    assert of_partner(world, partner) is None
    assert world.ask("classified_partners", partner_ids=[partner])["classified"] == [False]


def test_typical_terms_open_the_way_to_a_proposal(world: World) -> None:
    segment, partner = new_id(SEGMENT), new_id(PARTNER)
    deal = world.open("typical_sale", partner_id=partner)
    world.do("move_deal", deal_id=deal["id"], stage="qualification")
    typical(world, segment)
    assert world.refused("move_deal", deal_id=deal["id"], stage="proposal").details == ("client_classified",)
    world.hear("segment.member_added", 1, segment_id=segment, partner_id=partner)
    assert world.do("move_deal", deal_id=deal["id"], stage="proposal")["stage"] == "proposal"


def test_a_deals_terms_come_before_the_clients_and_these_before_typical_ones(world: World) -> None:
    segment, partner = new_id(SEGMENT), new_id(PARTNER)
    deal, other = world.open(partner_id=partner), world.open(partner_id=partner)
    world.hear("segment.member_added", 1, segment_id=segment, partner_id=partner)
    general = typical(world, segment)["id"]
    assert [of_deal(world, deal), of_deal(world, other), of_partner(world, partner)] == [general] * 3
    own = world.classify(partner, valid_from="2010-01-01", valid_to=UNTIL)["id"]
    assert [of_deal(world, deal), of_deal(world, other), of_partner(world, partner)] == [own] * 3
    special = world.classify(partner, deal_id=deal["id"], valid_from="2005-01-01")["id"]
    assert [of_deal(world, deal), of_deal(world, other), of_partner(world, partner)] == [special, own, own]
    newer = world.classify(partner, valid_from="2021-01-01")["id"]
    assert [of_partner(world, partner, on=day) for day in ("2009-12-31", "2020-12-31", "2021-01-01")] == [
        None, own, newer,
    ]  # fmt: skip


def test_terms_end_when_they_are_closed(world: World) -> None:
    partner = new_id(PARTNER)
    terms = world.classify(partner)
    closed = world.do("close_sale_terms", sale_terms_id=terms["id"], expected_version=1)
    yesterday = day_of(datetime.now(UTC), world.database.enterprise.zone) - timedelta(days=1)
    assert (closed["valid_to"], closed["version"]) == (yesterday.isoformat(), 2)
    assert of_partner(world, partner) is None
    assert of_partner(world, partner, on=yesterday) == terms["id"]
    (event,) = world.told("sale_terms.closed")
    assert (event["terms_id"], event["last_day"], event["sequence"]) == (terms["id"], yesterday.isoformat(), 2)
    problem = world.refused("close_sale_terms", sale_terms_id=terms["id"])
    assert (problem.code, problem.field) == ("ALREADY_CLOSED", ("lastDay",))
    assert world.refused("close_sale_terms", sale_terms_id=terms["id"], expected_version=1).code == "CONFLICT"
    assert world.refused("close_sale_terms", sale_terms_id=new_id(0x203)).code == "NOT_FOUND"


def test_terms_that_replace_others_end_them_the_day_before(world: World) -> None:
    partner = new_id(PARTNER)
    old = world.classify(partner)
    new = world.classify(partner, valid_from="2024-05-01", replaces_id=old["id"])
    assert [of_partner(world, partner, on=day) for day in ("2024-04-30", "2024-05-01")] == [old["id"], new["id"]]
    assert [event["last_day"] for event in world.told("sale_terms.closed")] == ["2024-04-30"]
    payload = {"partner_id": new_id(PARTNER), "currency": "USD", "valid_from": "2024-01-01", "replaces_id": old["id"]}
    problem = world.refused("register_sale_terms", **payload)
    assert (problem.code, problem.field) == ("TERMS_OF_ANOTHER", ("replaces",))


@pytest.mark.parametrize(
    ("input", "code", "field"),
    [
        ({"max_discount_percent": "300"}, "INVALID_DISCOUNT", ("maxDiscountPercent",)),
        ({"minimum_sum": "-1"}, "INVALID_AMOUNT", ("minimumSum",)),
        ({"minimum_sum": "0.001"}, "INVALID_AMOUNT", ("minimumSum",)),
        ({"valid_from": "0001-01-01"}, "INVALID_VALIDITY", ("validFrom",)),
        ({"delivery_terms": "XXX"}, "INVALID", ("delivery_terms",)),
        ({"price_type": "Not a key"}, "INVALID", ("price_type",)),
        ({"name": "x" * 900_000}, "TOO_LONG", ("name",)),
        (
            {"payment_schedule": [{"percent": "99", "offset_days": 0, "basis": "ORDER"}]},
            "INVALID_SCHEDULE", ("paymentSchedule",),
        ),
        (
            {"payment_schedule": [{"percent": "300", "offset_days": 0, "basis": "ORDER"}]},
            "INVALID_PERCENT", ("paymentSchedule", "0", "percent"),
        ),
        (
            {"payment_schedule": [{"percent": "100", "offset_days": -1, "basis": "ORDER"}]},
            "INVALID_OFFSET", ("paymentSchedule", "0", "offsetDays"),
        ),
    ],
)  # fmt: skip
def test_terms_that_cannot_be(world: World, input: dict[str, Any], code: str, field: tuple[str, ...]) -> None:
    payload = {"segment_id": new_id(SEGMENT), "currency": "USD", "valid_from": "2020-01-01", **input}
    problem = world.refused("register_typical_sale_terms", **payload)
    assert (problem.code, problem.field) == (code, field)


def test_a_proposal_keeps_to_the_greatest_discount(world: World) -> None:
    partner = new_id(PARTNER)
    deal = world.open(partner_id=partner)
    world.classify(partner, max_discount_percent="10")
    lines = [LINE | {"discount_percent": "10"}, LINE | {"discount_percent": "10.5"}]
    problem = world.refused("send_proposal", deal_id=deal["id"], lines=lines, valid_until=UNTIL)
    assert (problem.code, problem.field) == ("DISCOUNT_ABOVE_TERMS", ("lines", "1", "discountPercent"))
    assert world.do("send_proposal", deal_id=deal["id"], lines=lines[:1], valid_until=UNTIL)["proposal"]


def test_what_is_accepted_comes_to_the_minimum_sum(world: World) -> None:
    partner = new_id(PARTNER)
    deal = world.open(partner_id=partner)
    world.classify(partner, minimum_sum="100.01")
    world.do("send_proposal", deal_id=deal["id"], lines=[LINE], valid_until=UNTIL)
    problem = world.refused("record_proposal_response", deal_id=deal["id"], response="ACCEPTED")
    assert (problem.code, problem.field) == ("BELOW_MINIMUM_SUM", ("response",))
    world.classify(partner, minimum_sum="100", valid_from="2021-01-01")
    assert world.do("record_proposal_response", deal_id=deal["id"], response="ACCEPTED")["deal"]["amount"]


def test_all_that_is_wrong_is_said_at_once(world: World) -> None:
    with pytest.raises(Refused) as refusal:
        world.classify(new_id(PARTNER), currency="XYZ", discount_percent="-1", valid_to="2019-01-01")
    assert [problem.code for problem in refusal.value.problems] == [
        "UNKNOWN_CURRENCY", "INVALID_VALIDITY", "INVALID_DISCOUNT",
    ]  # fmt: skip


def test_terms_of_others_are_not_there(world: World) -> None:
    me, segment, partner, mine = manager_actor(new_id(MANAGER)), new_id(SEGMENT), new_id(PARTNER), new_id(PARTNER)
    world.hear("partner.registered", 1, partner_id=partner, manager_id=new_id(MANAGER))
    world.hear("partner.registered", 1, partner_id=mine, manager_id=me.member_id)
    deal = world.open(partner_id=mine, manager_id=new_id(MANAGER))
    hidden, own, general = world.classify(partner), world.classify(mine), typical(world, segment)
    of_a_deal = world.classify(mine, deal_id=deal["id"])
    ids = [hidden["id"], own["id"], general["id"], of_a_deal["id"]]
    seen = world.ask("sale_terms_by_ids", me, ids=ids)["nodes"]
    assert [one and one["id"] for one in seen] == [None, own["id"], general["id"], None]
    page = world.ask("list_sale_terms", me, page={"total": True})
    assert ({one["id"] for one in page["nodes"]}, page["total"]) == ({own["id"], general["id"]}, 2)
    assert world.ask("terms_of_partners", me, partner_ids=[partner])["terms"] == [None]
    assert world.ask("terms_of_deals", me, deal_ids=[deal["id"]])["terms"] == [None]
    assert world.refused("close_sale_terms", me, sale_terms_id=hidden["id"]).code == "NOT_FOUND"


def test_a_list_is_narrowed_and_goes_on(world: World) -> None:
    partner = new_id(PARTNER)
    first, second = world.classify(partner), world.classify(partner, valid_from="2021-01-01", valid_to="2021-12-31")
    world.classify(new_id(PARTNER))
    filter = {"partner_ids": [partner]}
    page = world.ask("list_sale_terms", filter=filter, page={"first": 1})
    assert ([one["id"] for one in page["nodes"]], page["has_next"]) == ([second["id"]], True)
    rest = world.ask("list_sale_terms", filter=filter, page={"first": 1, "after": page["cursors"][0]})
    assert ([one["id"] for one in rest["nodes"]], rest["has_next"]) == ([first["id"]], False)
    now = world.ask("list_sale_terms", filter=filter | {"effective_on": "2022-01-01"})
    assert [one["id"] for one in now["nodes"]] == [first["id"]]
