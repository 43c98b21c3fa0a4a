"""Shipments and returns by line, what is short, and supplier orders."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.ids import new_id
from tests.services.deals.world import PARTNER, World

TODAY = datetime.now(UTC).date()
USD = {"amount": "10.00", "currency": "USD"}
PUMPS = {"product": "pump", "quantity": "3", "price": USD}
HOSES = {"product": "hose", "quantity": "10", "price": {"amount": "0.33", "currency": "USD"}, "in_stock": "4"}


def ordered(world: World, process: str = "manual_sale", **more: Any) -> Any:
    """Confirm an order of pumps and hoses in a new deal."""
    deal = world.open_at("preparation" if process == "typical_sale" else "fulfilment", process)
    order = world.do("register_customer_order", deal_id=deal["id"], lines=[PUMPS, HOSES], **more)
    confirmed = world.do("confirm_customer_order", order_id=order["id"])
    if process == "typical_sale":
        world.do("move_deal", deal_id=deal["id"], stage="fulfilment")
    return confirmed


def ship(world: World, order: Any, *lines: tuple[int, str], **more: Any) -> Any:
    given = {"deal_id": order["deal_id"], "number": "S-1", "shipped_on": TODAY, **more}
    return world.do("register_shipment", lines=[{"line": line, "quantity": q} for line, q in lines], **given)


def obligations(world: World, order: Any, kind: str) -> list[Any]:
    (found,) = world.ask("obligations_of_deals", deal_ids=[order["deal_id"]])["obligations"]
    return [one for one in found if one["kind"] == kind]


def test_the_shipment_that_completes_the_order_wins_a_controlled_deal(world: World) -> None:
    order = ordered(world, "typical_sale", promised_on=TODAY)
    partial = ship(world, order, (1, "2"))
    assert (partial["shipment"]["complete"], partial["deal"]["outcome"]) == (False, "IN_PROGRESS")
    assert partial["shipment"]["amount"] == {"amount": "20.00", "currency": "USD", "base": "20.00"}
    assert world.refused("win_deal", deal_id=order["deal_id"]).code == "SHIPMENT_REQUIRED"
    last = ship(world, order, (1, "1"), (2, "10"))
    assert (last["shipment"]["complete"], last["deal"]["outcome"]) == (True, "WON")
    told = world.told("shipment.registered", "deal.won")
    assert [(e["type"], e.get("order_id"), e.get("complete")) for e in told] == [
        ("shipment.registered", order["id"], False), ("shipment.registered", order["id"], True), ("deal.won", None, None),
    ]  # fmt: skip
    assert told[1]["shipped_amount"]["amount"] == "13.30"
    assert {one["status"] for one in obligations(world, order, "SHIPMENT")} == {"FULFILLED"}
    assert [one["amount"]["amount"] for one in obligations(world, order, "PAYMENT")] == ["20.00", "13.30"]
    assert [one["status"] for one in obligations(world, order, "DOCUMENTS")] == ["OPEN", "OPEN"]


def test_where_people_win_a_complete_shipment_by_lines_leaves_the_deal_open(world: World) -> None:
    order = ordered(world)
    answer = ship(world, order, (1, "3"), (2, "10"))
    assert (answer["shipment"]["complete"], answer["deal"]["outcome"]) == (True, "IN_PROGRESS")


def test_complete_without_lines_ships_all_that_is_left(world: World) -> None:
    order = ordered(world, "typical_sale")
    ship(world, order, (1, "1"))
    given = {"deal_id": order["deal_id"], "number": "S-2", "shipped_on": TODAY, "complete": True}
    rest = world.do("register_shipment", **given)
    assert [(one["line"], one["quantity"]) for one in rest["shipment"]["lines"]] == [(1, "2"), (2, "10")]
    assert rest["deal"]["outcome"] == "WON"
    (after,) = world.ask("customer_orders_by_ids", ids=[order["id"]])["nodes"]
    assert [line["shipped"] for line in after["lines"]] == ["3", "10"]


@pytest.mark.parametrize(
    ("lines", "more", "code", "field"),
    [
        ([(1, "3.000001")], {}, "OVER_SHIPMENT", ("lines", "0", "quantity")),
        ([(1, "2"), (1, "2")], {}, "OVER_SHIPMENT", ("lines", "1", "quantity")),
        ([(1, "1"), (1, "1")], {}, "LINE_TWICE", ("lines",)),
        ([(9, "1")], {}, "UNKNOWN_LINE", ("lines", "0", "line")),
        ([(1, "0")], {}, "INVALID_QUANTITY", ("lines", "0", "quantity")),
        ([(1, "-1")], {}, "INVALID_QUANTITY", ("lines", "0", "quantity")),
        ([(1, "1")], {"complete": True}, "COMPLETE_MISSTATED", ("complete",)),
        ([(1, "1")], {"documents_due_on": TODAY - timedelta(days=1)}, "INVALID_DATE", ("documentsDueOn",)),
        ([], {}, "REQUIRED", ("lines",)),
    ],
)
def test_shipments_that_cannot_be(
    world: World, lines: list[tuple[int, str]], more: dict[str, Any], code: str, field: tuple[str, ...]
) -> None:
    order = ordered(world)
    goods = [{"line": line, "quantity": quantity} for line, quantity in lines]
    given = {"deal_id": order["deal_id"], "number": "S-1", "shipped_on": TODAY, "lines": goods, **more}
    problem = world.refused("register_shipment", **given)
    assert (problem.code, problem.field) == (code, field)


def test_goods_leave_for_a_confirmed_order_that_is_named_where_there_are_several(world: World) -> None:
    deal = world.open(partner_id=new_id(PARTNER))
    drafts = [world.do("register_customer_order", deal_id=deal["id"], lines=[PUMPS]) for _ in range(2)]
    given = {"deal_id": deal["id"], "number": "S", "shipped_on": TODAY, "lines": [{"line": 1, "quantity": "1"}]}
    assert world.refused("register_shipment", **given).code == "ORDER_REQUIRED"
    assert world.refused("register_shipment", **given, order_id=drafts[0]["id"]).code == "NOT_CONFIRMED"
    for draft in drafts:
        world.do("confirm_customer_order", order_id=draft["id"])
    assert world.refused("register_shipment", **given).code == "ORDER_REQUIRED"
    shipped = world.do("register_shipment", **given, order_id=drafts[1]["id"])["shipment"]
    assert shipped["order_id"] == drafts[1]["id"]


def test_what_comes_back_counts_as_not_shipped(world: World) -> None:
    order = ordered(world, "typical_sale", promised_on=TODAY)
    shipment = ship(world, order, (1, "3"), (2, "10"))["shipment"]
    lines = [{"line": 1, "quantity": "1"}]
    back = world.do("register_return", shipment_id=shipment["id"], returned_on=TODAY, lines=lines)
    assert (back["number"], back["amount"]["amount"]) == ("D-000001/R1", "10.00")
    (after,) = world.ask("customer_orders_by_ids", ids=[order["id"]])["nodes"]
    assert [line["shipped"] for line in after["lines"]] == ["2", "10"]
    assert [one["amount"]["amount"] for one in obligations(world, order, "PAYMENT")] == ["23.30"]
    assert [one["fulfilled_amount"]["amount"] for one in obligations(world, order, "SHIPMENT")] in (
        ["20.00", "3.30"], ["3.30", "20.00"],
    )  # fmt: skip
    (event,) = world.told("return.registered")
    assert (event["shipment_id"], event["lines"][0]["quantity"]) == (shipment["id"], "1")
    too_much = {"shipment_id": shipment["id"], "returned_on": TODAY, "lines": [{"line": 1, "quantity": "3"}]}
    assert world.refused("register_return", **too_much).code == "OVER_RETURN"

    world.do("reopen_deal", deal_id=order["deal_id"])
    assert world.refused("win_deal", deal_id=order["deal_id"]).code == "SHIPMENT_REQUIRED", "something is missing again"
    assert ship(world, order, (1, "1"))["deal"]["outcome"] == "WON"


@pytest.mark.parametrize("more_by", ["another order", "a change"])
def test_a_deal_opened_again_is_won_by_the_shipment_of_what_is_ordered_then(world: World, more_by: str) -> None:
    order = ordered(world, "typical_sale")
    assert ship(world, order, (1, "3"), (2, "10"))["deal"]["outcome"] == "WON"
    world.do("reopen_deal", deal_id=order["deal_id"])
    if more_by == "a change":
        lines = [{**PUMPS, "line": 1}, {**HOSES, "line": 2}, PUMPS]
        line, more = 3, world.do("change_customer_order", order_id=order["id"], lines=lines)
    else:
        line, more = 1, world.do("register_customer_order", deal_id=order["deal_id"], lines=[PUMPS])
        world.do("confirm_customer_order", order_id=more["id"])
    assert world.refused("win_deal", deal_id=order["deal_id"]).code == "SHIPMENT_REQUIRED"
    assert ship(world, more, (line, "3"), order_id=more["id"])["deal"]["outcome"] == "WON"


def test_a_whole_return_asks_for_no_papers_and_lets_the_order_be_cancelled(world: World) -> None:
    order = ordered(world)
    shipment = ship(world, order, (1, "2"))["shipment"]
    assert world.refused("cancel_customer_order", order_id=order["id"]).code == "ORDER_SHIPPED"
    world.do("register_return", shipment_id=shipment["id"], returned_on=TODAY)
    assert [one["status"] for one in obligations(world, order, "DOCUMENTS")] == ["CANCELLED"]
    nothing = world.refused("register_return", shipment_id=shipment["id"], returned_on=TODAY)
    assert nothing.code == "NOTHING_TO_RETURN"
    assert world.do("cancel_customer_order", order_id=order["id"])["status"] == "CANCELLED"


def test_an_order_is_closed_by_goods_and_money_and_open_again_without_them(world: World) -> None:
    order = ordered(world)
    payment = world.do(
        "register_payment", deal_id=order["deal_id"], paid_on=TODAY, amount={"amount": "33.30", "currency": "USD"}
    )

    def status() -> str:
        (found,) = world.ask("customer_orders_by_ids", ids=[order["id"]])["nodes"]
        return str(found["status"])

    shipment = ship(world, order, (1, "3"), (2, "10"))["shipment"]
    assert status() == "CLOSED"
    world.do("reverse_payment", payment_id=payment["id"])
    assert status() == "CONFIRMED"
    world.do("register_return", shipment_id=shipment["id"], returned_on=TODAY)
    assert status() == "CONFIRMED"
    told = world.told("customer_order.closed", "customer_order.reopened")
    assert [(event["type"], event["sequence"]) for event in told] == [
        ("customer_order.closed", 3), ("customer_order.reopened", 4),
    ]  # fmt: skip


def test_what_is_short_is_bought_of_each_supplier_and_linked_back(world: World) -> None:
    order = ordered(world)
    (short,) = world.ask("shortages_of_deals", deal_ids=[order["deal_id"]])["shortages"]
    assert [(one["line"], one["product"], one["quantity"]) for one in short] == [(1, "pump", "3"), (2, "hose", "6")]
    one, two = new_id(PARTNER), new_id(PARTNER)
    missing = world.refused(
        "raise_supplier_orders", deal_id=order["deal_id"], suppliers=[{"product": "pump", "supplier_id": one}]
    )
    assert (missing.code, missing.details) == ("SUPPLIER_REQUIRED", ("hose",))
    suppliers = [{"product": "pump", "supplier_id": one, "price": USD}, {"product": "hose", "supplier_id": two}]
    below = [*suppliers[:-1], suppliers[-1] | {"price": {"amount": "-1", "currency": "USD"}}]
    problem = world.refused("raise_supplier_orders", deal_id=order["deal_id"], suppliers=below)
    assert problem.field == ("suppliers", str(len(suppliers) - 1), "price", "amount")
    world.hear("partner.registered", 1, partner_id=two, roles=["CLIENT"])
    problem = world.refused("raise_supplier_orders", deal_id=order["deal_id"], suppliers=suppliers)
    assert (problem.code, problem.field) == ("NOT_A_SUPPLIER", ("suppliers",))
    world.hear("partner.changed", 2, partner_id=two, roles=["CLIENT", "SUPPLIER"])
    placed = world.do("raise_supplier_orders", deal_id=order["deal_id"], suppliers=suppliers)["supplier_orders"]
    assert [(o["supplier_id"], o["number"], o["amount"], o["status"]) for o in placed] == [
        (str(one), "D-000001/S1", {"amount": "30.00", "currency": "USD", "base": "30.00"}, "PLACED"),
        (str(two), "D-000001/S2", None, "PLACED"),
    ]  # fmt: skip
    assert [(line["order_id"], line["order_line"], line["quantity"]) for o in placed for line in o["lines"]] == [
        (order["id"], 1, "3"), (order["id"], 2, "6"),
    ]  # fmt: skip
    assert world.ask("shortages_of_deals", deal_ids=[order["deal_id"]]) == {"shortages": [[]]}
    assert len(world.told("supplier_order.placed")) == 2
    assert world.refused("raise_supplier_orders", deal_id=order["deal_id"]).code == "NO_SHORTAGE"
    assert world.ask("supplier_orders_of_deals", deal_ids=[order["deal_id"]])["supplier_orders"] == [placed]


def test_goods_come_in_part_by_part_and_what_does_not_is_short_again(world: World) -> None:
    order = ordered(world)
    lines = [{"line": 1, "supplier_id": new_id(PARTNER)}]
    (placed,) = world.do("raise_supplier_orders", deal_id=order["deal_id"], lines=lines)["supplier_orders"]
    receive = {"supplier_order_id": placed["id"], "expected_version": 1}
    over = world.refused("receive_supplier_order", **receive, lines=[{"line": 1, "quantity": "4"}])
    assert (over.code, over.field) == ("OVER_RECEIPT", ("lines", "0", "quantity"))
    part = world.do("receive_supplier_order", **receive, lines=[{"line": 1, "quantity": "1"}])
    assert (part["status"], part["lines"][0]["received"]) == ("PARTLY_RECEIVED", "1")
    assert world.refused("receive_supplier_order", **receive).code == "CONFLICT"
    assert world.do("cancel_supplier_order", supplier_order_id=placed["id"])["status"] == "CANCELLED"
    (short,) = world.ask("shortages_of_deals", deal_ids=[order["deal_id"]])["shortages"]
    assert [(one["line"], one["quantity"]) for one in short] == [(1, "2"), (2, "6")]
    assert [(e["complete"], e["lines"][0]["quantity"]) for e in world.told("supplier_order.received")] == [(False, "1")]
    assert [e["lines"][0]["quantity"] for e in world.told("supplier_order.cancelled")] == ["2"]
    assert world.refused("receive_supplier_order", supplier_order_id=placed["id"]).code == "ORDER_CLOSED"


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        ({"line": 1}, "SUPPLIER_REQUIRED", ("lines", "0", "supplier")),
        ({"line": 7, "supplier_id": str(new_id(PARTNER))}, "NOT_SHORT", ("lines", "0", "line")),
        (
            {"line": 1, "supplier_id": str(new_id(PARTNER)), "quantity": "9"},
            "MORE_THAN_SHORT",
            ("lines", "0", "quantity"),
        ),
        (
            {"line": 1, "supplier_id": str(new_id(PARTNER)), "quantity": "-1"},
            "INVALID_QUANTITY",
            ("lines", "0", "quantity"),
        ),
    ],
)
def test_purchases_that_cannot_be(world: World, line: dict[str, Any], code: str, field: tuple[str, ...]) -> None:
    order = ordered(world)
    problem = world.refused("raise_supplier_orders", deal_id=order["deal_id"], lines=[line])
    assert (problem.code, problem.field) == (code, field)


def test_all_documents_of_a_deal_are_in_one_list(world: World) -> None:
    order = ordered(world)
    deal_id = order["deal_id"]
    lines = [{"line": 1, "supplier_id": new_id(PARTNER), "price": USD}]
    world.do("raise_supplier_orders", deal_id=deal_id, lines=lines)
    shipment = ship(world, order, (1, "1"))["shipment"]
    world.do("register_return", shipment_id=shipment["id"], returned_on=TODAY)
    world.do("register_payment", deal_id=deal_id, paid_on=TODAY, amount=USD)
    file = world.do(
        "attach_file", deal_id=deal_id, name="договор.pdf", media_type="application/pdf", size=7, location="s3://a/b"
    )
    (documents,) = world.ask("documents_of_deals", deal_ids=[deal_id])["documents"]
    amounts = {
        one["kind"]: (one["number"], one["amount"]["amount"] if one["amount"] else None, one["status"])
        for one in documents
    }
    assert amounts == {
        "CUSTOMER_ORDER": ("D-000001/O1", "33.30", "CONFIRMED"),
        "SUPPLIER_ORDER": ("D-000001/S1", "30.00", "PLACED"),
        "SHIPMENT": ("S-1", "10.00", "PARTIAL"),
        "RETURN": ("D-000001/R1", "10.00", None),
        "PAYMENT": ("D-000001/M1", "10.00", "RECEIVED"),
        "FILE": ("договор.pdf", None, None),
    }
    world.do("detach_file", file_id=file["id"])
    assert world.refused("detach_file", file_id=file["id"]).code == "ALREADY_DETACHED"
    (documents,) = world.ask("documents_of_deals", deal_ids=[deal_id])["documents"]
    assert "FILE" not in {one["kind"] for one in documents}
    assert world.ask("files_of_deals", deal_ids=[deal_id]) == {"files": [[]]}


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "a\0b"},
        {"media_type": "pdf"},
        {"size": -1},
        {"location": "x" * 900_000},
        {"location": " JavaScript:alert(1)"},
        {"sha256": "12"},
    ],
)
def test_files_that_cannot_be(world: World, wrong: dict[str, Any]) -> None:
    file = {"name": "a.pdf", "media_type": "application/pdf", "size": 7, "location": "s3://a/b", **wrong}
    problem = world.refused("attach_file", deal_id=world.open()["id"], **file)
    assert problem.field == tuple(wrong)


def test_an_accepted_proposal_becomes_an_order_once(world: World) -> None:
    deal = world.open_at("proposal", "manual_sale", partner_id=new_id(PARTNER))
    sent = world.do("send_proposal", deal_id=deal["id"], lines=[PUMPS], valid_until="2999-01-01")
    proposal_id = (sent.get("proposal") or sent)["id"]
    assert world.refused("order_from_proposal", proposal_id=proposal_id).code == "NOT_ACCEPTED"
    world.do("record_proposal_response", deal_id=deal["id"], proposal_id=proposal_id, response="ACCEPTED")
    order = world.do("order_from_proposal", proposal_id=proposal_id)
    assert (order["status"], order["proposal_id"], order["amount"]["amount"]) == ("DRAFT", proposal_id, "30.00")
    again = world.refused("order_from_proposal", proposal_id=proposal_id)
    assert (again.code, again.details) == ("ORDER_EXISTS", (order["id"],))
    world.do("cancel_customer_order", order_id=order["id"])
    assert world.do("order_from_proposal", proposal_id=proposal_id)["status"] == "DRAFT"
