"""The audit of what belongs to deals: every field of every document, in the changes of its deal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from chassis.ids import new_id
from chassis.wire import Json, decode
from tests.services.deals.definitions import definition
from tests.services.deals.world import PARTNER, SALES, World

TODAY = datetime.now(UTC).date().isoformat()
PUMPS = {"product": "pump", "quantity": "10", "price": {"amount": "1.25", "currency": "USD"}}

Given = tuple[str, str]
"""The deal, and what of it was made and changed."""


def proposal(world: World) -> Given:
    deal = world.open()["id"]
    one = world.do("draft_proposal", SALES, deal_id=deal, lines=[PUMPS])["id"]
    dearer = {**PUMPS, "price": {"amount": "1.50", "currency": "USD"}}
    world.do("change_proposal", SALES, proposal_id=one, lines=[dearer, {**PUMPS, "product": "hose"}])
    world.do("send_proposal", SALES, deal_id=deal, proposal_id=one, valid_until="2999-01-01")
    world.do("record_proposal_response", SALES, deal_id=deal, response="REJECTED", reason="price")
    return deal, one


def sale_terms(world: World) -> Given:
    partner = new_id(PARTNER)
    deal = world.open(partner_id=partner)["id"]
    given = {"partner_id": partner, "deal_id": deal, "currency": "USD", "valid_from": "2020-01-01"}
    terms = world.do("register_sale_terms", SALES, **given, minimum_sum="10")["id"]
    world.do("close_sale_terms", SALES, sale_terms_id=terms, last_day="2020-12-31")
    return deal, terms


def ordered(world: World, **more: Any) -> Json:
    deal = world.open(partner_id=new_id(PARTNER))
    return world.do("register_customer_order", SALES, deal_id=deal["id"], lines=[{**PUMPS, **more}])


def customer_order(world: World) -> Given:
    order = ordered(world)
    world.do("change_customer_order", SALES, order_id=order["id"], lines=[{**PUMPS, "line": 1, "quantity": "4"}])
    world.do("cancel_customer_order", SALES, order_id=order["id"])
    return order["deal_id"], order["id"]


def supplier_order(world: World) -> Given:
    order = ordered(world)
    world.do("confirm_customer_order", SALES, order_id=order["id"])
    lines = [{"order_id": order["id"], "line": 1, "supplier_id": new_id(PARTNER)}]
    (placed,) = world.do("raise_supplier_orders", SALES, deal_id=order["deal_id"], lines=lines)["supplier_orders"]
    goods = [{"line": 1, "quantity": "3"}]
    world.do("receive_supplier_order", SALES, supplier_order_id=placed["id"], lines=goods)
    return order["deal_id"], placed["id"]


def shipped(world: World) -> Json:
    order = ordered(world)
    world.do("confirm_customer_order", SALES, order_id=order["id"])
    goods: dict[str, Any] = {"number": "S-1", "shipped_on": TODAY, "lines": [{"line": 1, "quantity": "4"}]}
    return world.do("register_shipment", SALES, deal_id=order["deal_id"], **goods)["shipment"]


def take_back(world: World, shipment: Json) -> Json:
    lines = [{"line": 1, "quantity": "1"}]
    return world.do("register_return", SALES, shipment_id=shipment["id"], returned_on=TODAY, lines=lines)


def shipment(world: World) -> Given:
    one = shipped(world)
    take_back(world, one)
    return one["deal_id"], one["id"]


def returned(world: World) -> Given:
    one = shipped(world)
    return one["deal_id"], take_back(world, one)["id"]


def payment(world: World) -> Given:
    deal = world.open()["id"]
    usd = {"amount": "5.00", "currency": "USD"}
    one = world.do("register_payment", SALES, deal_id=deal, amount=usd, paid_on=TODAY)["id"]
    world.do("reverse_payment", SALES, payment_id=one)
    return deal, one


def obligation(world: World) -> Given:
    deal = world.open()["id"]
    given = {"debtor": "CLIENT", "kind": "DOCUMENTS", "due_on": "2999-01-01"}
    papers = world.do("register_obligation", SALES, deal_id=deal, **given)["id"]
    world.do("reschedule_obligation", SALES, obligation_id=papers, due_on="2999-02-01")
    world.do("fulfil_obligation", SALES, obligation_id=papers)
    return deal, papers


def task(world: World) -> Given:
    deal = world.open()["id"]
    one = world.do("add_task", SALES, deal_id=deal, title="Call")["id"]
    world.do("change_task", SALES, task_id=one, title="Write", progress=50)
    return deal, one


def next_step(world: World) -> Given:
    deal = world.open()["id"]
    given = {"kind": "CALL", "subject": "Ask", "due_at": "2999-01-01T09:00:00Z"}
    step = world.do("plan_next_step", SALES, deal_id=deal, **given)
    world.do("complete_next_step", SALES, step_id=step["id"])
    return deal, step["id"]


def file(world: World) -> Given:
    deal = world.open()["id"]
    given: dict[str, Any] = {"name": "a.pdf", "media_type": "application/pdf", "size": 7, "location": "s3://a/b"}
    one = world.do("attach_file", SALES, deal_id=deal, **given)["id"]
    world.do("detach_file", SALES, file_id=one)
    return deal, one


NEW_HOSE = {"product": "hose", "quantity": "10", "price": {"amount": "1.25", "currency": "USD"}}
CASES = [
    (
        proposal,
        "proposal",
        {
            "versions.1.lines.1.price": ({"amount": "1.25", "currency": "USD"}, {"amount": "1.50", "currency": "USD"}),
            "versions.1.status": ("SENT", "RESPONDED"),
            "versions.1.validUntil": (None, "2999-01-01"),
        },
    ),
    (sale_terms, "sale_terms", {"validTo": (None, "2020-12-31")}),
    (customer_order, "customer_order", {"lines.1.quantity": ("10", "4"), "status": ("DRAFT", "CANCELLED")}),
    (supplier_order, "supplier_order", {"lines.1.received": ("0", "3"), "status": ("PLACED", "PARTLY_RECEIVED")}),
    (shipment, "shipment", {"lines.{order}.1.returned": ("0", "1")}),
    (returned, "return", {}),
    (payment, "payment", {"reversedOn": (None, TODAY)}),
    (
        obligation,
        "obligation",
        {"dueOn": ("2999-01-01", "2999-02-01"), "status": ("OPEN", "FULFILLED"), "fulfilled": ("0", "1")},
    ),
    (task, "task", {"title": ("Call", "Write"), "progress": (0, 50)}),
    (next_step, "next_step", {"status": ("PLANNED", "DONE")}),
    (file, "file", {}),
]


@pytest.mark.parametrize(("happens", "kind", "fields"), CASES, ids=[kind for _, kind, _ in CASES])
def test_the_changes_of_a_deal_show_who_changed_what_of_its_documents(
    world: World, happens: Callable[[World], Given], kind: str, fields: dict[str, tuple[Any, Any]]
) -> None:
    deal, one = happens(world)
    nodes = world.changes(deal, first=100)["nodes"]
    mine = [change for change in reversed(nodes) if change["subject_id"] == one]
    assert {(change["kind"], change["by"]) for change in mine} == {(kind, "sales")}
    made, *changed = mine
    assert (made["field"], made["old"]) == (None, None)
    assert decode(made["new"])["deal"] == deal
    orders = [change["subject_id"] for change in nodes if change["kind"] == "customer_order"]
    told = {change["field"]: (decode(change["old"] or "null"), decode(change["new"] or "null")) for change in changed}
    assert {name.format(order=orders[0] if orders else None): values for name, values in fields.items()}.items() <= (
        told.items()
    )
    assert None not in told
    assert [change["version"] for change in mine] == sorted(change["version"] for change in mine)


def test_all_parts_of_a_document_are_on_record_as_they_come_and_go(world: World) -> None:
    deal, one = proposal(world)
    made, *changed = [change for change in reversed(world.changes(deal)["nodes"]) if change["subject_id"] == one]
    first = decode(made["new"])["versions"]["1"]
    assert first["lines"]["1"]["price"] == {"amount": "1.25", "currency": "USD"}
    came = {change["field"]: decode(change["new"]) for change in changed if change["old"] is None}
    assert came["versions.1.lines.2"].items() >= NEW_HOSE.items()
    assert came["versions.1.response"]["kind"] == "REJECTED"
    order = ordered(world)
    more = [{**PUMPS, "line": 1}, {**PUMPS, "product": "hose"}]
    world.do("change_customer_order", order_id=order["id"], lines=more)
    world.do("change_customer_order", order_id=order["id"], lines=more[:1])
    gone = world.changes(order["deal_id"])["nodes"]
    (taken,) = [change for change in gone if change["field"] == "lines.2" and change["new"] is None]
    assert decode(taken["old"])["product"] == "hose"


def test_drafts_of_processes_are_on_record_until_they_are_discarded(world: World) -> None:
    draft = world.do("draft_sales_process", definition=definition())
    world.do("change_sales_process_draft", draft_id=draft["id"], definition=definition(name="Import"))
    world.do("discard_sales_process_draft", draft_id=draft["id"])
    rows = [row for row in world.rows("changes") if "process_draft" in row]
    assert [row[5] for row in rows] == [None, "name", "russianName", None]
    assert (rows[1][6], rows[1][7], rows[-1][7]) == ('"Export"', '"Import"', None)


def test_a_refused_command_leaves_no_record(world: World) -> None:
    order = ordered(world)
    world.do("confirm_customer_order", order_id=order["id"])
    wrong = [{"line": 1, "quantity": "11"}]
    world.refused("register_shipment", deal_id=order["deal_id"], number="S", shipped_on=TODAY, lines=wrong)
