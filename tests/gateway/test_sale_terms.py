"""Sale terms through the gateway."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.ids import new_id
from tests.gateway.system import System
from tests.gateway.test_deals import open_deal, register_partner

TERMS = {"currency": "USD", "validFrom": "2020-01-01"}


def test_terms_are_seen_from_the_partner_and_the_deal(system: System) -> None:
    partner = register_partner(system)
    deal = open_deal(system, partner=partner)["id"]
    terms = system.do(
        "registerSaleTerms",
        """saleTerms { id kind deliveryTerms priceType minimumSum { amount currency }
           paymentSchedule { percent offsetDays basis } }""",
        partner=partner, **TERMS, deliveryTerms="DAP", priceType="retail", minimumSum="10",
        paymentSchedule=[{"percent": "100", "offsetDays": 30, "basis": "SHIPMENT"}],
    )  # fmt: skip
    assert terms["errors"] == []
    one = terms["saleTerms"]["id"]
    assert terms["saleTerms"] == {
        "id": one, "kind": "INDIVIDUAL", "deliveryTerms": "DAP", "priceType": "retail",
        "minimumSum": {"amount": "10.00", "currency": "USD"},
        "paymentSchedule": [{"percent": "100", "offsetDays": 30, "basis": "SHIPMENT"}],
    }  # fmt: skip
    seen = system.ask(
        """query($partner: ID!, $deal: ID!, $terms: ID!) {
          partner(id: $partner) { saleTerms { id } before: saleTerms(on: "2019-12-31") { id } }
          deal(id: $deal) { saleTerms { id partner { id } } }
          node(id: $terms) { ... on SaleTerms { currency } }
          effectiveTerms(deal: $deal) { id } ofPartner: effectiveTerms(partner: $partner) { id }
          saleTerms(filter: { partners: [$partner] }) { totalCount nodes { id } } }""",
        partner=partner, deal=deal, terms=one,
    )  # fmt: skip
    assert seen == {
        "partner": {"saleTerms": {"id": one}, "before": None},
        "deal": {"saleTerms": {"id": one, "partner": {"id": partner}}},
        "node": {"currency": "USD"},
        "effectiveTerms": {"id": one},
        "ofPartner": {"id": one},
        "saleTerms": {"totalCount": 1, "nodes": [{"id": one}]},
    }
    closed = system.do("closeSaleTerms", "saleTerms { version partner { classified } }", saleTerms=one)
    assert closed == {"saleTerms": {"version": 2, "partner": {"classified": False}}, "errors": []}


def test_typical_terms_are_for_a_segment(system: System) -> None:
    segment = system.do("registerSegment", "segment { id }", name="Retail")["segment"]["id"]
    terms = system.do(
        "registerTypicalSaleTerms", "saleTerms { id kind segment { id } name }", segment=segment, name="Retail", **TERMS
    )
    assert terms["errors"] == []
    assert (terms["saleTerms"]["kind"], terms["saleTerms"]["segment"]) == ("TYPICAL", {"id": segment})
    listed = system.ask(
        "query($s: ID!) { saleTerms(filter: { segments: [$s] }) { nodes { id } } }", s=segment
    )["saleTerms"]  # fmt: skip
    assert listed == {"nodes": [{"id": terms["saleTerms"]["id"]}]}
    nowhere = system.do("registerTypicalSaleTerms", "saleTerms { id }", segment=str(new_id(0x130)), **TERMS)
    assert [(error["code"], error["field"]) for error in nowhere["errors"]] == [("NOT_FOUND", ["segment"])]


def test_terms_of_many_deals_come_in_one_request(system: System) -> None:
    partner = register_partner(system)
    system.do("registerSaleTerms", "saleTerms { id }", partner=partner, **TERMS)
    for _ in range(3):
        open_deal(system, partner=partner)
    system.asked.clear()
    found = system.ask("{ deals { nodes { saleTerms { currency } } } }")["deals"]["nodes"]
    assert found == [{"saleTerms": {"currency": "USD"}}] * 3
    assert sorted(system.asked) == ["deals.list_deals", "deals.terms_of_deals"]


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"minimumSum": "-1"}, "INVALID_AMOUNT", ["minimumSum"]),
        ({"maxDiscountPercent": "300"}, "INVALID_DISCOUNT", ["maxDiscountPercent"]),
        ({"currency": "XYZ"}, "UNKNOWN_CURRENCY", ["currency"]),
        ({"name": "x" * 50_000}, "TOO_LONG", ["name"]),
        ({"replaces": str(new_id(0x202))}, "WRONG_KIND", ["replaces"]),
        ({"replaces": str(new_id(0x203))}, "NOT_FOUND", ["replaces"]),
    ],
)
def test_terms_that_cannot_be_are_said_and_not_stored(
    system: System, more: dict[str, Any], code: str, field: list[str]
) -> None:
    partner = register_partner(system)
    refused = system.do("registerSaleTerms", "saleTerms { id }", partner=partner, **(TERMS | more))
    assert [(error["code"], error["field"]) for error in refused["errors"]] == [(code, field)]
    assert system.ask("{ saleTerms { totalCount } }") == {"saleTerms": {"totalCount": 0}}
