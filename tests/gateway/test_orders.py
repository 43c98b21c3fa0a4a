"""Orders through the gateway."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from chassis.ids import new_id
from chassis.wire import Json
from tests.gateway.system import System
from tests.gateway.test_deals import open_deal, register_partner

LINES = [{"product": "pump", "quantity": "2", "price": {"amount": "10", "currency": "USD"}, "promisedOn": "2999-01-01"}]
ORDER = "customerOrder { id version number status amount { amount currency } lines { line product quantity shipped } }"


def test_a_confirmed_order_makes_a_client_once(system: System) -> None:
    partner = register_partner(system)
    deal = open_deal(system, partner=partner)
    order = system.do("registerCustomerOrder", ORDER, deal=deal["id"], lines=LINES)["customerOrder"]
    assert order["lines"] == [{"line": 1, "product": "pump", "quantity": "2", "shipped": "0"}]
    confirmed = system.do("confirmCustomerOrder", ORDER, order=order["id"], expectedVersion=1)
    assert (confirmed["customerOrder"]["status"], confirmed["customerOrder"]["amount"]) == (
        "CONFIRMED", {"amount": "20.00", "currency": "USD"},
    )  # fmt: skip
    query = "query($id: ID!) { partner(id: $id) { version roles deals { nodes { customerOrders { id } } } } }"
    client = system.ask(query, id=partner)["partner"]
    assert (client["roles"], client["deals"]["nodes"]) == (["CLIENT"], [{"customerOrders": [{"id": order["id"]}]}])
    system.do("winDeal", "deal { id }", deal=deal["id"])
    assert system.ask(query, id=partner)["partner"]["version"] == client["version"]


def test_dates_are_taken_off_by_null_and_lines_checked_where_they_stand(system: System) -> None:
    deal = open_deal(system, partner=register_partner(system))
    given = {"deal": deal["id"], "lines": LINES, "promisedOn": "2999-01-01"}
    order = system.do("registerCustomerOrder", "customerOrder { id promisedOn }", **given)["customerOrder"]
    changed = system.do(
        "changeCustomerOrder", "customerOrder { promisedOn paymentDueOn }", order=order["id"], promisedOn=None,
        paymentDueOn="2999-02-01",
    )  # fmt: skip
    assert changed["customerOrder"] == {"promisedOn": None, "paymentDueOn": "2999-02-01"}
    wrong = system.do("registerCustomerOrder", ORDER, deal=deal["id"], lines=[{**LINES[0], "discountPercent": "300"}])
    assert [(e["code"], e["field"]) for e in wrong["errors"]] == [
        ("INVALID_DISCOUNT", ["lines", "0", "discountPercent"])
    ]
    other = system.do("confirmCustomerOrder", ORDER, order=deal["id"])
    assert [(e["code"], e["message"]) for e in other["errors"]] == [
        ("WRONG_KIND", "this is the id of a deal; give that of a customer order")
    ]


def test_a_sale_to_its_end_through_the_api(system: System) -> None:
    partner, supplier = register_partner(system), register_partner(system, "Pump works", roles=["SUPPLIER"])
    deal = open_deal(system, partner=partner)["id"]
    order = system.do("registerCustomerOrder", ORDER, deal=deal, lines=LINES)["customerOrder"]["id"]
    system.do("confirmCustomerOrder", ORDER, order=order)
    system.do(
        "registerClaim", "claim { id }", partner=partner, deal=deal, subject="late", severity="LOW", cause="DELIVERY"
    )
    bought = system.do(
        "raiseSupplierOrders", "supplierOrders { id supplier { name } lines { order { number } orderLine quantity } }",
        deal=deal, suppliers=[{"product": "pump", "supplier": supplier}],
    )  # fmt: skip
    (placed,) = bought["supplierOrders"]
    assert placed["supplier"] == {"name": "Pump works"}
    assert placed["lines"] == [{"order": {"number": "D-000001/O1"}, "orderLine": 1, "quantity": "2"}]
    received = system.do("receiveSupplierOrder", "supplierOrder { status }", supplierOrder=placed["id"])
    assert received["supplierOrder"] == {"status": "RECEIVED"}
    today = datetime.now(UTC).date().isoformat()
    shipped = system.do(
        "registerShipment", "shipment { id complete order { id } amount { amount } } deal { outcome }",
        deal=deal, number="S-1", shippedOn=today, lines=[{"line": 1, "quantity": "2"}],
    )  # fmt: skip
    assert shipped["shipment"]["complete"] is True
    assert shipped["shipment"]["order"] == {"id": order}
    payment = system.do(
        "registerPayment", "payment { id unallocated { amount } }",
        deal=deal, order=order, amount={"amount": "20", "currency": "USD"}, paidOn=today,
    )["payment"]  # fmt: skip
    assert payment["unallocated"] == {"amount": "0.00"}
    (papers,) = system.ask(
        'query($d: [ID!]) { obligations(filter: {deals: $d, kinds: [DOCUMENTS]}) { totalCount nodes { id debtor } } }',
        d=[deal],
    )["obligations"]["nodes"]  # fmt: skip
    done = system.do("fulfilObligation", "obligation { status fulfilledQuantity }", obligation=papers["id"])
    assert done["obligation"] == {"status": "FULFILLED", "fulfilledQuantity": "1"}
    file: Any = {"name": "a.pdf", "mediaType": "application/pdf", "size": 3, "location": "https://files/a"}
    system.do("attachFile", "file { id }", deal=deal, **file)
    system.asked.clear()
    found = system.ask(
        """query($id: ID!) { deal(id: $id) { documents { kind status amount { amount } } shortage { line }
           obligations { kind status fulfilments { amount { amount } payment { id } shipment { id } } }
           supplierOrders { id } payments { id } returns { id } files { name } shipments { lines { product } } } }""",
        id=deal,
    )["deal"]
    assert len(system.asked) == len(set(system.asked)), "each relation is asked for once"
    assert sorted((one["kind"], one["status"]) for one in found["documents"]) == [
        ("CLAIM", "REGISTERED"), ("CUSTOMER_ORDER", "CLOSED"), ("FILE", None), ("PAYMENT", "RECEIVED"),
        ("SHIPMENT", "COMPLETE"), ("SUPPLIER_ORDER", "RECEIVED"),
    ]  # fmt: skip
    assert {one["kind"]: one["status"] for one in found["obligations"]} == dict.fromkeys(
        ("PAYMENT", "SHIPMENT", "DOCUMENTS"), "FULFILLED"
    )
    assert (found["shortage"], found["files"]) == ([], [{"name": "a.pdf"}])


def test_references_within_lines_are_checked_where_they_stand(system: System) -> None:
    deal = open_deal(system, partner=register_partner(system))["id"]
    unknown = str(new_id(0x101))
    refused = system.do(
        "raiseSupplierOrders", "supplierOrders { id }", deal=deal, suppliers=[{"product": "pump", "supplier": unknown}]
    )
    assert [(e["code"], e["field"]) for e in refused["errors"]] == [("NOT_FOUND", ["suppliers", "0", "supplier"])]
    wrong = system.do(
        "registerShipment", "shipment { id }",
        deal=deal, number="S", shippedOn="2020-01-01", lines=[{"order": deal, "line": 1, "quantity": "1"}],
    )  # fmt: skip
    assert [(e["code"], e["field"]) for e in wrong["errors"]] == [("WRONG_KIND", ["lines", "0", "order"])]


def test_documents_of_a_merged_deal_are_shown_with_the_one_that_survives(system: System) -> None:
    partner = register_partner(system)
    survivor, duplicate = (open_deal(system, partner=partner)["id"] for _ in range(2))
    order = system.do("registerCustomerOrder", ORDER, deal=duplicate, lines=LINES)["customerOrder"]["id"]
    system.do("confirmCustomerOrder", ORDER, order=order)
    system.do(
        "registerClaim", "claim { id }",
        partner=partner, deal=duplicate, subject="late", severity="LOW", cause="DELIVERY",
    )  # fmt: skip
    assert system.do("mergeDeals", "deal { id }", survivor=survivor, duplicates=[duplicate])["errors"] == []
    query = """query($id: ID!) { deal(id: $id) { documents { kind } customerOrders { id } obligations { kind }
      shortage { quantity } } }"""
    found = system.ask(query, id=survivor)["deal"]
    assert sorted(one["kind"] for one in found["documents"]) == ["CLAIM", "CUSTOMER_ORDER"]
    assert (found["customerOrders"], found["shortage"]) == ([{"id": order}], [{"quantity": "2"}])
    assert [one["kind"] for one in found["obligations"]] == ["SHIPMENT"]
    refused = system.do("cancelCustomerOrder", ORDER, order=order)
    assert [(e["code"], e["details"]) for e in refused["errors"]] == [("DEAL_MERGED", [survivor])]


@pytest.mark.parametrize(
    ("given", "included"),
    [
        ({}, False),
        ({"pricesIncludeTax": True}, True),
        ({"taxIncluded": True}, True),
        ({"taxIncluded": True, "pricesIncludeTax": False}, False),
    ],
)
def test_whether_prices_include_tax_is_said_by_one_name_and_by_the_old_one(
    system: System, given: Json, included: bool
) -> None:
    deal = open_deal(system)["id"]
    fields = "customerOrder { pricesIncludeTax taxIncluded }"
    order = system.do("registerCustomerOrder", fields, deal=deal, lines=LINES, **given)["customerOrder"]
    assert order == {"pricesIncludeTax": included, "taxIncluded": included}
