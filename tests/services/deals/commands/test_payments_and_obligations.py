"""Payments, and what they fulfil; obligations that follow from orders, and those by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.ids import new_id
from tests.services.deals.world import MANAGER, PARTNER, World, manager_actor

TODAY = datetime.now(UTC).date()
PUMPS = {"product": "pump", "quantity": "3", "price": {"amount": "10.00", "currency": "USD"}}


def usd(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "USD"}


def confirmed(world: World, *, partner: Any = None, **more: Any) -> Any:
    """Confirm an order of 30 dollars in a new deal, by default due in a while."""
    deal = world.open(partner_id=partner or new_id(PARTNER))
    given = {"deal_id": deal["id"], "lines": [PUMPS], "payment_due_on": TODAY + timedelta(days=10), **more}
    return world.do("confirm_customer_order", order_id=world.do("register_customer_order", **given)["id"])


def pay(world: World, order: Any, amount: str, *, of_order: bool = True, **more: Any) -> Any:
    given = {"deal_id": order["deal_id"], "amount": usd(amount), "paid_on": TODAY, **more}
    return world.do("register_payment", **given, **({"order_id": order["id"]} if of_order else {}))


def owed(world: World, order: Any, *kinds: str) -> list[Any]:
    (found,) = world.ask("obligations_of_deals", deal_ids=[order["deal_id"]])["obligations"]
    return [one for one in found if not kinds or one["kind"] in kinds]


def test_a_confirmed_order_makes_both_sides_owe(world: World) -> None:
    order = confirmed(world, promised_on=TODAY + timedelta(days=3))
    by_kind = {one["kind"]: one for one in owed(world, order)}
    assert {kind: (one["debtor"], one["amount"]["amount"], one["status"]) for kind, one in by_kind.items()} == {
        "PAYMENT": ("CLIENT", "30.00", "OPEN"), "SHIPMENT": ("US", "30.00", "OPEN"),
    }  # fmt: skip
    assert by_kind["PAYMENT"]["due_on"] == str(TODAY + timedelta(days=10))
    assert (by_kind["SHIPMENT"]["due_on"], by_kind["SHIPMENT"]["line"]) == (str(TODAY + timedelta(days=3)), 1)
    told = world.told("obligation.registered")
    assert {one["kind"]: (one["order_id"], one["amount"]["base"], one["fulfilled"]) for one in told} == {
        "PAYMENT": (order["id"], "30.00", "0.00"), "SHIPMENT": (order["id"], "30.00", "0.00"),
    }  # fmt: skip


def test_payments_fulfil_part_by_part_on_their_days_and_events_tell_all_of_it(world: World) -> None:
    order = confirmed(world)
    first, second = pay(world, order, "10"), pay(world, order, "25.50")
    assert (first["allocated"]["amount"], first["unallocated"]["amount"]) == ("10.00", "0.00")
    assert (second["allocated"]["amount"], second["unallocated"]["amount"]) == ("20.00", "5.50")
    (one,) = owed(world, order)
    assert (one["status"], one["fulfilled_amount"]["amount"], one["version"]) == ("FULFILLED", "30.00", 3)
    assert [(part["amount"]["amount"], part["payment_id"]) for part in one["fulfilments"]] == [
        ("10.00", first["id"]), ("20.00", second["id"]),
    ]  # fmt: skip
    told = world.told("obligation.fulfilled")
    assert [(e["size"], e["fulfilled"], e["fulfilled_on"], e["status"], e["sequence"]) for e in told] == [
        ("10.00", "10.00", str(TODAY), "OPEN", 2), ("20.00", "30.00", str(TODAY), "FULFILLED", 3),
    ]  # fmt: skip
    assert {(e["due_on"], e["original_due_on"]) for e in told} == {(str(TODAY + timedelta(days=10)),) * 2}
    assert [e["amount"]["amount"] for e in world.told("payment.registered")] == ["10.00", "25.50"]


def test_money_without_an_order_goes_to_what_is_due_first(world: World) -> None:
    later = confirmed(world)
    given = {"deal_id": later["deal_id"], "lines": [PUMPS], "payment_due_on": TODAY + timedelta(days=1)}
    sooner = world.do("register_customer_order", **given)
    world.do("confirm_customer_order", order_id=sooner["id"])
    payment = pay(world, later, "40", of_order=False)
    assert payment["unallocated"]["amount"] == "0.00"
    assert {one["order_id"]: one["fulfilled_amount"]["amount"] for one in owed(world, later)} == {
        sooner["id"]: "30.00", later["id"]: "10.00",
    }  # fmt: skip


def test_money_that_came_before_waits_for_what_will_be_due(world: World) -> None:
    deal = world.open(partner_id=new_id(PARTNER))
    early = world.do("register_payment", deal_id=deal["id"], amount=usd("50"), paid_on=TODAY)
    assert early["unallocated"]["amount"] == "50.00"
    given = {"deal_id": deal["id"], "lines": [PUMPS], "payment_due_on": TODAY}
    order = world.do("register_customer_order", **given)
    world.do("confirm_customer_order", order_id=order["id"])
    (one,) = owed(world, order)
    assert one["status"] == "FULFILLED"
    assert world.ask("payments_by_ids", ids=[early["id"]])["nodes"][0]["unallocated"]["amount"] == "20.00"


def test_a_reversed_payment_reopens_what_it_fulfilled(world: World) -> None:
    order = confirmed(world)
    payment = pay(world, order, "30")
    back = world.do("reverse_payment", payment_id=payment["id"])
    assert (back["reversed_on"], back["allocated"]["amount"], back["unallocated"]["amount"]) == (
        str(TODAY),
        "0.00",
        "0.00",
    )
    (one,) = owed(world, order)
    assert (one["status"], one["fulfilled_amount"]["amount"]) == ("OPEN", "0.00")
    (event,) = world.told("obligation.reopened")
    assert (event["size"], event["fulfilled"], event["fulfilled_on"], event["source_id"]) == (
        "30.00", "0.00", str(TODAY), payment["id"],
    )  # fmt: skip
    (reversal,) = world.told("payment.reversed")
    assert (reversal["payment_id"], reversal["sequence"]) == (payment["id"], 2)
    assert world.refused("reverse_payment", payment_id=payment["id"]).code == "ALREADY_REVERSED"


def test_what_waits_steps_in_for_what_is_reversed(world: World) -> None:
    order = confirmed(world)
    first = pay(world, order, "30")
    pay(world, order, "12")
    world.do("reverse_payment", payment_id=first["id"])
    (one,) = owed(world, order)
    assert one["fulfilled_amount"]["amount"] == "12.00"


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"amount": {"amount": "5", "currency": "EUR"}}, "CURRENCY_MISMATCH", ("amount", "currency")),
        ({"amount": {"amount": "5", "currency": "XYZ"}}, "UNKNOWN_CURRENCY", ("amount", "currency")),
        ({"amount": usd("-5")}, "INVALID_AMOUNT", ("amount", "amount")),
        ({"amount": usd("0")}, "INVALID_AMOUNT", ("amount", "amount")),
        ({"amount": usd("0.001")}, "INVALID_AMOUNT", ("amount", "amount")),
        ({"paid_on": TODAY + timedelta(days=2)}, "OCCURRED_IN_FUTURE", ("paidOn",)),
        ({"paid_on": TODAY - timedelta(days=2)}, "OCCURRED_BEFORE_DEAL", ("paidOn",)),
        ({"number": "x" * 900_000}, "TOO_LONG", ("number",)),
        ({"order_id": str(new_id(0x220))}, "NOT_FOUND", ("order",)),
    ],
)
def test_payments_that_cannot_be(world: World, given: dict[str, Any], code: str, field: tuple[str, ...]) -> None:
    order = confirmed(world)
    payment = {"deal_id": order["deal_id"], "order_id": order["id"], "amount": usd("5"), "paid_on": TODAY, **given}
    problem = world.refused("register_payment", **payment)
    assert (problem.code, problem.field) == (code, field)


def test_a_payment_is_found_again_by_what_another_system_calls_it(world: World) -> None:
    order = confirmed(world)
    ref: dict[str, Any] = {"external_ref": {"system": "bank", "id": "42"}}
    pay(world, order, "10", **ref)
    again = {"deal_id": order["deal_id"], "amount": usd("10"), "paid_on": TODAY, **ref}
    assert world.refused("register_payment", **again).code == "EXTERNAL_REF_TAKEN"


def test_a_rescheduled_obligation_keeps_its_original_day(world: World) -> None:
    order = confirmed(world)
    (before,) = owed(world, order)
    later = TODAY + timedelta(days=40)
    moved = world.do("reschedule_obligation", obligation_id=before["id"], due_on=later, expected_version=1)
    assert (moved["due_on"], moved["original_due_on"]) == (str(later), before["due_on"])
    (event,) = world.told("obligation.rescheduled")
    assert (event["due_on"], event["original_due_on"], event["previous_due_on"]) == (
        str(later), before["due_on"], before["due_on"],
    )  # fmt: skip
    again = {"obligation_id": before["id"], "due_on": later}
    assert world.refused("reschedule_obligation", **again).code == "SAME_DAY"
    assert world.refused("reschedule_obligation", **again, expected_version=1).code == "CONFLICT"
    world.do("change_customer_order", order_id=order["id"], lines=[{**PUMPS, "line": 1, "quantity": "4"}])
    (after,) = owed(world, order)
    assert (after["due_on"], after["amount"]["amount"]) == (str(later), "40.00"), "the order names no other day"


def test_a_changed_order_changes_what_is_owed_and_frees_money(world: World) -> None:
    order = confirmed(world, promised_on=TODAY)
    payment = pay(world, order, "30")
    world.do("change_customer_order", order_id=order["id"], lines=[{**PUMPS, "line": 1, "quantity": "2"}])
    sizes = {one["kind"]: one["amount"]["amount"] for one in owed(world, order)}
    assert sizes == {"PAYMENT": "20.00", "SHIPMENT": "20.00"}
    assert {event["amount"]["amount"] for event in world.told("obligation.changed")} == {"20.00"}
    (found,) = world.ask("payments_of_deals", deal_ids=[order["deal_id"]])["payments"]
    assert [(one["id"], one["unallocated"]["amount"]) for one in found] == [(payment["id"], "10.00")]


def test_a_cancelled_order_is_owed_no_more(world: World) -> None:
    order = confirmed(world, promised_on=TODAY)
    payment = pay(world, order, "30")
    world.do("cancel_customer_order", order_id=order["id"])
    assert {one["status"] for one in owed(world, order)} == {"CANCELLED"}
    assert len(world.told("obligation.cancelled")) == 2
    (found,) = world.ask("payments_by_ids", ids=[payment["id"]])["nodes"]
    assert found["unallocated"]["amount"] == "30.00"
    refused = {"deal_id": order["deal_id"], "order_id": order["id"], "amount": usd("1"), "paid_on": TODAY}
    assert world.refused("register_payment", **refused).code == "ORDER_CANCELLED"


def test_papers_are_owed_and_come_back_by_hand(world: World) -> None:
    deal = world.open(partner_id=new_id(PARTNER))
    given = {"deal_id": deal["id"], "debtor": "CLIENT", "kind": "DOCUMENTS", "due_on": TODAY, "note": "the contract"}
    papers = world.do("register_obligation", **given)
    assert (papers["quantity"], papers["amount"], papers["note"]) == ("1", None, "the contract")
    done = world.do("fulfil_obligation", obligation_id=papers["id"], expected_version=1)
    assert (done["status"], done["fulfilled_quantity"]) == ("FULFILLED", "1")
    (event,) = world.told("obligation.fulfilled")
    assert (event["size"], event["quantity"], event["amount"], event["source_id"]) == ("1", "1", None, None)
    assert "contract" not in str(world.told())
    assert world.refused("fulfil_obligation", obligation_id=papers["id"]).code == "NOT_OPEN"


def test_what_documents_fulfil_no_hand_does(world: World) -> None:
    order = confirmed(world, promised_on=TODAY)
    by_kind = {one["kind"]: one["id"] for one in owed(world, order)}
    assert world.refused("fulfil_obligation", obligation_id=by_kind["PAYMENT"]).code == "PAYMENT_REQUIRED"
    assert world.refused("fulfil_obligation", obligation_id=by_kind["SHIPMENT"]).code == "SHIPMENT_REQUIRED"
    assert world.refused("cancel_obligation", obligation_id=by_kind["PAYMENT"]).code == "FOLLOWS_FROM_DOCUMENT"


def test_what_is_owed_by_hand_is_paid_and_can_be_taken_back(world: World) -> None:
    deal = world.open(partner_id=new_id(PARTNER))
    given = {"deal_id": deal["id"], "debtor": "CLIENT", "kind": "PAYMENT", "due_on": TODAY, "amount": usd("15")}
    fee = world.do("register_obligation", **given)
    payment = world.do("register_payment", deal_id=deal["id"], amount=usd("15"), paid_on=TODAY)
    assert payment["allocated"]["amount"] == "15.00"
    assert world.do("cancel_obligation", obligation_id=fee["id"])["status"] == "CANCELLED"
    assert [event["type"] for event in world.told()][-2:] == ["obligation.reopened", "obligation.cancelled"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"kind": "PAYMENT"}, "REQUIRED"),
        ({"kind": "SHIPMENT"}, "INVALID"),
        ({"kind": "SHIPMENT", "amount": usd("1"), "quantity": "1"}, "INVALID"),
        ({"kind": "DOCUMENTS", "amount": usd("1")}, "NOT_APPLICABLE"),
        ({"kind": "DOCUMENTS", "quantity": "0"}, "INVALID_QUANTITY"),
        ({"kind": "PAYMENT", "amount": usd("-1")}, "INVALID_AMOUNT"),
        ({"kind": "MONEY", "amount": usd("1")}, "INVALID"),
    ],
)
def test_obligations_that_cannot_be(world: World, given: dict[str, Any], code: str) -> None:
    deal = world.open()
    assert world.refused("register_obligation", deal_id=deal["id"], debtor="US", due_on=TODAY, **given).code == code


def test_lists_of_what_is_due(world: World) -> None:
    ann, partner = new_id(MANAGER), new_id(PARTNER)
    deal, other = world.open(manager_id=ann, partner_id=partner), world.open(manager_id=new_id(MANAGER))
    for days, target in ((-1, deal), (0, deal), (5, deal), (-3, other)):
        given: dict[str, Any] = {"debtor": "CLIENT", "kind": "DOCUMENTS", "due_on": TODAY + timedelta(days=days)}
        world.do("register_obligation", deal_id=target["id"], **given)

    def due(actor: Any = None, **query: Any) -> list[int]:
        found = world.ask("list_obligations", *([actor] if actor else []), **query)["nodes"]
        return [(datetime.fromisoformat(one["due_on"]).date() - TODAY).days for one in found]

    assert due() == [-3, -1, 0, 5]
    assert due(filter={"overdue": True}) == [-3, -1]
    assert due(filter={"overdue": False, "partner_ids": [partner]}) == [0, 5]
    assert due(filter={"manager_ids": [ann], "due_from": TODAY, "due_to": TODAY}) == [0]
    assert due(filter={"kinds": ["PAYMENT"]}) == due(filter={"debtors": ["US"]}) == []
    assert due(manager_actor(ann)) == [-1, 0, 5], "others' obligations are not there"
    first = world.ask("list_obligations", page={"first": 2, "total": True})
    assert (first["total"], first["has_next"]) == (4, True)
    assert due(page={"first": 2, "after": first["cursors"][-1]}) == [0, 5]
    (mine,) = world.ask("obligations_of_deals", manager_actor(ann), deal_ids=[other["id"]])["obligations"]
    assert mine == []


def test_sale_terms_say_in_which_instalments_an_order_is_paid(world: World) -> None:
    partner = new_id(PARTNER)
    schedule = [
        {"percent": "30", "offset_days": 5, "basis": "ORDER"},
        {"percent": "70", "offset_days": 20, "basis": "SHIPMENT"},
    ]
    world.classify(partner, payment_schedule=schedule)
    order = confirmed(world, partner=partner, payment_due_on=None)
    assert [(one["amount"]["amount"], one["due_on"]) for one in owed(world, order, "PAYMENT")] == [
        ("9.00", str(TODAY + timedelta(days=5)))
    ]
    goods: dict[str, Any] = {"number": "S-1", "shipped_on": TODAY, "lines": [{"line": 1, "quantity": "1"}]}
    world.do("register_shipment", deal_id=order["deal_id"], **goods)
    assert sorted((one["amount"]["amount"], one["due_on"]) for one in owed(world, order, "PAYMENT")) == [
        ("7.00", str(TODAY + timedelta(days=20))), ("9.00", str(TODAY + timedelta(days=5))),
    ]  # fmt: skip
