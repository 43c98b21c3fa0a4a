"""Orders through the gateway."""

from __future__ import annotations

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
