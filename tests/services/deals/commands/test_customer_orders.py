"""Customer orders: drafted, confirmed, changed, cancelled."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.errors import Refused
from chassis.ids import new_id
from tests.services.deals.world import MANAGER, PARTNER, World, manager_actor

TODAY = datetime.now(UTC).date()
PUMPS = {"product": "pump", "quantity": "3", "price": {"amount": "10.00", "currency": "USD"}, "tax_percent": "20"}
HOSES = {"product": "hose", "quantity": "1.5", "price": {"amount": "0.99", "currency": "USD"}, "discount_percent": "10"}


def deal_with_partner(world: World, **more: Any) -> Any:
    return world.open(partner_id=new_id(PARTNER), **more)


def test_an_order_is_drafted_with_totals_to_the_last_unit_and_nobody_is_told(world: World) -> None:
    deal = deal_with_partner(world)
    order = world.do("register_customer_order", deal_id=deal["id"], lines=[PUMPS, HOSES], promised_on="2999-01-01")
    assert (order["number"], order["status"], order["version"]) == ("D-000001/O1", "DRAFT", 1)
    assert [line["amount"]["amount"] for line in order["lines"]] == ["36.00", "1.34"]
    assert (order["net"]["amount"], order["tax"]["amount"], order["amount"]["amount"]) == ("31.34", "6.00", "37.34")
    assert world.ask("customer_orders_of_deals", deal_ids=[deal["id"]]) == {"orders": [[order]]}
    assert [event["type"] for event in world.told()] == ["deal.opened"]


def test_a_confirmed_order_is_told_and_confirmed_once(world: World) -> None:
    deal = deal_with_partner(world)
    order = world.do("register_customer_order", deal_id=deal["id"], lines=[PUMPS])
    confirmed = world.do("confirm_customer_order", order_id=order["id"], expected_version=1)
    assert (confirmed["status"], confirmed["version"]) == ("CONFIRMED", 2)
    (event,) = world.told("customer_order.confirmed")
    assert (event["order_id"], event["partner_id"], event["sequence"]) == (order["id"], deal["partner_id"], 2)
    assert event["amount"] == {"amount": "36.00", "currency": "USD", "base": "36.00"}
    assert event["lines"] == [
        {"line": 1, "product": "pump", "quantity": "3", "amount": "36.00", "promised_on": None}
    ]  # fmt: skip
    assert world.refused("confirm_customer_order", order_id=order["id"]).code == "NOT_A_DRAFT"
    assert world.deal(deal["id"])["version"] == 1, "a document is no fact of the deal itself"


def test_an_order_is_agreed_on_with_somebody(world: World) -> None:
    order = world.do("register_customer_order", deal_id=world.open()["id"], lines=[PUMPS])
    assert world.refused("confirm_customer_order", order_id=order["id"]).code == "PARTNER_REQUIRED"


def test_an_order_comes_to_the_minimum_sum_of_the_terms_in_force(world: World) -> None:
    deal = deal_with_partner(world)
    world.classify(deal["partner_id"], minimum_sum="36.01")
    order = world.do("register_customer_order", deal_id=deal["id"], lines=[PUMPS])
    problem = world.refused("confirm_customer_order", order_id=order["id"])
    assert (problem.code, problem.field) == ("BELOW_MINIMUM_SUM", ("order",))


def test_changed_lines_keep_their_numbers_and_new_ones_get_new(world: World) -> None:
    deal = deal_with_partner(world)
    order = world.do("register_customer_order", deal_id=deal["id"], lines=[PUMPS, HOSES])
    world.do("confirm_customer_order", order_id=order["id"])
    change = {"order_id": order["id"], "lines": [{**HOSES, "line": 2, "quantity": "3"}, PUMPS]}
    changed = world.do("change_customer_order", **change, expected_version=2)
    assert [(line["line"], line["product"], line["quantity"]) for line in changed["lines"]] == [
        (2, "hose", "3"), (3, "pump", "3"),
    ]  # fmt: skip
    (event,) = world.told("customer_order.changed")
    assert (event["sequence"], event["amount"]["amount"]) == (3, changed["amount"]["amount"])
    assert world.refused("change_customer_order", **change, expected_version=2).code == "CONFLICT"

    same = [{**HOSES, "line": 2, "quantity": "3"}, {**PUMPS, "line": 3}]
    assert world.do("change_customer_order", order_id=order["id"], lines=same) == changed
    assert len(world.told("customer_order.changed")) == 1, "what is so already is told to nobody"


def test_dates_are_changed_and_taken_off(world: World) -> None:
    deal = deal_with_partner(world)
    order = world.do("register_customer_order", deal_id=deal["id"], lines=[PUMPS], promised_on="2999-01-01")
    change = {"order_id": order["id"], "payment_due_on": "2999-02-01", "promised_on": None}
    changed = world.do("change_customer_order", **change)
    assert (changed["promised_on"], changed["payment_due_on"]) == (None, "2999-02-01")
    assert world.refused("change_customer_order", order_id=order["id"]).code == "REQUIRED"
    past = world.refused("change_customer_order", order_id=order["id"], promised_on="2001-01-01")
    assert (past.code, past.field) == ("INVALID_DATE", ("promisedOn",))


def test_a_cancelled_order_stays_so_and_a_draft_goes_silently(world: World) -> None:
    deal = deal_with_partner(world)
    draft, order = (world.do("register_customer_order", deal_id=deal["id"], lines=[PUMPS]) for _ in range(2))
    world.do("confirm_customer_order", order_id=order["id"])
    assert world.do("cancel_customer_order", order_id=draft["id"])["status"] == "CANCELLED"
    assert world.do("cancel_customer_order", order_id=order["id"])["status"] == "CANCELLED"
    assert [event["order_id"] for event in world.told("customer_order.cancelled")] == [order["id"]]
    assert world.refused("cancel_customer_order", order_id=order["id"]).code == "ALREADY_CANCELLED"
    assert world.refused("change_customer_order", order_id=order["id"], lines=[HOSES]).code == "ORDER_CLOSED"


@pytest.mark.parametrize(
    ("line", "field", "code"),
    [
        ({"quantity": "-1"}, ("lines", "0", "quantity"), "INVALID_QUANTITY"),
        ({"quantity": "1.0000001"}, ("lines", "0", "quantity"), "INVALID_QUANTITY"),
        ({"discount_percent": "300"}, ("lines", "0", "discountPercent"), "INVALID_DISCOUNT"),
        ({"price": {"amount": "1", "currency": "XXY"}}, ("lines", "0", "price", "currency"), "UNKNOWN_CURRENCY"),
        ({"in_stock": "-1"}, ("lines", "0", "inStock"), "INVALID_QUANTITY"),
        ({"line": 9}, ("lines", "0", "line"), "UNKNOWN_LINE"),
        ({"product": "x" * 900_000}, ("lines", "0", "product"), "TOO_LONG"),
        ({"product": "\0"}, ("lines", "0", "product"), "INVALID"),
        ({"promised_on": "2001-01-01"}, ("lines",), "INVALID_DATE"),
    ],
)
def test_what_is_wrong_with_a_line_is_said_where_it_stands(
    world: World, line: dict[str, Any], field: tuple[str, ...], code: str
) -> None:
    deal = deal_with_partner(world)
    problem = world.refused("register_customer_order", deal_id=deal["id"], lines=[{**PUMPS, **line}])
    assert (problem.field, problem.code) == (field, code)


def test_an_order_has_lines_in_one_currency(world: World) -> None:
    deal = deal_with_partner(world)
    assert world.refused("register_customer_order", deal_id=deal["id"], lines=[]).code == "REQUIRED"
    euros = {**HOSES, "price": {"amount": "1", "currency": "EUR"}}
    assert (
        world.refused("register_customer_order", deal_id=deal["id"], lines=[PUMPS, euros]).code == "CURRENCY_MISMATCH"
    )


def test_two_problems_are_told_together(world: World) -> None:
    deal = deal_with_partner(world)
    with pytest.raises(Refused) as refusal:
        world.do(
            "register_customer_order",
            deal_id=deal["id"],
            lines=[{**PUMPS, "in_stock": "-1"}, {**HOSES, "line": 7}],
        )
    assert [problem.code for problem in refusal.value.problems] == ["INVALID_QUANTITY", "UNKNOWN_LINE"]


def test_orders_lie_within_the_time_of_their_deal(world: World) -> None:
    deal = deal_with_partner(world)
    order = {"deal_id": deal["id"], "lines": [PUMPS]}
    future = world.refused("register_customer_order", **order, ordered_on=TODAY + timedelta(days=2))
    assert (future.code, future.field) == ("OCCURRED_IN_FUTURE", ("orderedOn",))
    past = world.refused("register_customer_order", **order, ordered_on=TODAY - timedelta(days=2))
    assert past.code == "OCCURRED_BEFORE_DEAL"


def test_nothing_is_ordered_in_a_closed_deal_but_an_order_can_be_taken_back(world: World) -> None:
    deal = deal_with_partner(world)
    order = world.do("register_customer_order", deal_id=deal["id"], lines=[PUMPS])
    world.do("lose_deal", deal_id=deal["id"], reason="price")
    assert world.refused("register_customer_order", deal_id=deal["id"], lines=[PUMPS]).code == "DEAL_CLOSED"
    assert world.refused("confirm_customer_order", order_id=order["id"]).code == "DEAL_CLOSED"
    assert world.refused("change_customer_order", order_id=order["id"], lines=[PUMPS]).code == "DEAL_CLOSED"
    assert world.do("cancel_customer_order", order_id=order["id"])["status"] == "CANCELLED"


def test_an_order_is_found_again_by_what_another_system_calls_it(world: World) -> None:
    deal = deal_with_partner(world)
    order = {"deal_id": deal["id"], "lines": [PUMPS], "external_ref": {"system": "erp", "id": "7"}}
    assert world.do("register_customer_order", **order)["external_ref"] == {"system": "erp", "id": "7"}
    assert world.refused("register_customer_order", **order).code == "EXTERNAL_REF_TAKEN"


def test_orders_of_others_deals_are_not_there(world: World) -> None:
    mine, theirs = manager_actor(new_id(MANAGER)), new_id(MANAGER)
    deal = deal_with_partner(world, manager_id=theirs)
    order = world.do("register_customer_order", deal_id=deal["id"], lines=[PUMPS])
    for command in ("confirm_customer_order", "cancel_customer_order"):
        problem = world.refused(command, mine, order_id=order["id"])
        assert (problem.code, problem.field) == ("NOT_FOUND", ("order",))
    assert world.ask("customer_orders_of_deals", mine, deal_ids=[deal["id"]]) == {"orders": [[]]}
    assert world.ask("customer_orders_by_ids", mine, ids=[order["id"]]) == {"nodes": [None]}
    assert world.ask("customer_orders_by_ids", ids=[order["id"]]) == {"nodes": [order]}


def confirmed_order(world: World, deal: Any) -> Any:
    order = world.do("register_customer_order", deal_id=deal["id"], lines=[PUMPS])
    return world.do("confirm_customer_order", order_id=order["id"])


def test_only_what_is_ordered_now_wins_a_controlled_deal_that_was_reopened(world: World) -> None:
    deal = world.open_at("fulfilment")
    shipped = world.do("register_shipment", deal_id=deal["id"], number="1", shipped_on=TODAY, complete=True)
    assert shipped["deal"]["outcome"] == "WON"
    world.do("reopen_deal", deal_id=deal["id"])
    more = confirmed_order(world, deal)
    assert world.refused("win_deal", deal_id=deal["id"]).code == "SHIPMENT_REQUIRED"
    world.do("cancel_customer_order", order_id=more["id"])
    problem = world.refused("register_shipment", deal_id=deal["id"], number="2", shipped_on=TODAY, complete=True)
    assert (problem.code, problem.field) == ("NOTHING_TO_SHIP", ("complete",))
    assert world.do("win_deal", deal_id=deal["id"])["outcome"] == "WON"  # all that is ordered now has left


def test_nothing_wins_a_controlled_deal_whose_goods_came_back_and_whose_order_was_cancelled(world: World) -> None:
    deal = world.open_at("fulfilment")
    shipment = world.do("register_shipment", deal_id=deal["id"], number="1", shipped_on=TODAY, complete=True)[
        "shipment"
    ]
    world.do("reopen_deal", deal_id=deal["id"])
    world.do("register_return", shipment_id=shipment["id"], returned_on=TODAY)
    (orders,) = world.ask("customer_orders_of_deals", deal_ids=[deal["id"]])["orders"]
    world.do("cancel_customer_order", order_id=orders[0]["id"])
    problem = world.refused("register_shipment", deal_id=deal["id"], number="2", shipped_on=TODAY, complete=True)
    assert problem.code == "NOTHING_TO_SHIP"
    assert world.refused("win_deal", deal_id=deal["id"]).code == "SHIPMENT_REQUIRED"
    confirmed_order(world, deal)
    again = world.do("register_shipment", deal_id=deal["id"], number="3", shipped_on=TODAY, complete=True)
    assert again["deal"]["outcome"] == "WON"


def test_an_order_that_is_taken_back_leaves_a_controlled_deal_shipped(world: World) -> None:
    deal = world.open_at("fulfilment")
    (orders,) = world.ask("customer_orders_of_deals", deal_ids=[deal["id"]])["orders"]
    more = confirmed_order(world, deal)
    goods = [{"line": 1, "quantity": "10"}]
    world.do(
        "register_shipment", deal_id=deal["id"], number="1", shipped_on=TODAY, order_id=orders[0]["id"], lines=goods
    )
    assert world.refused("win_deal", deal_id=deal["id"]).code == "SHIPMENT_REQUIRED"
    world.do("cancel_customer_order", order_id=more["id"])
    assert world.do("win_deal", deal_id=deal["id"])["outcome"] == "WON"
