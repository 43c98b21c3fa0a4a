"""Registering sale terms."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.ids import new_id
from tests.services.deals.world import MANAGER, PARTNER, World, manager_actor


def test_terms_classify_the_client(world: World) -> None:
    partner, other = new_id(PARTNER), new_id(PARTNER)
    terms = world.classify(partner, discount_percent="12.5", valid_to="2999-12-31")
    assert (terms["discount_percent"], terms["valid_to"], terms["deal_id"]) == ("12.5", "2999-12-31", None)
    assert world.ask("classified_partners", partner_ids=[other, partner])["classified"] == [False, True]
    (event,) = world.told("sale_terms.registered")
    assert (event["terms_id"], event["partner_id"]) == (terms["id"], str(partner))


def test_terms_of_a_deal_are_among_its_documents(world: World) -> None:
    partner = new_id(PARTNER)
    deal = world.open(partner_id=partner)
    terms = world.classify(partner, deal_id=deal["id"])
    (documents,) = world.ask("documents_of_deals", deal_ids=[deal["id"]])["documents"]
    assert [(one["kind"], one["id"], one["date"]) for one in documents] == [("SALE_TERMS", terms["id"], "2020-01-01")]


@pytest.mark.parametrize(
    ("input", "code", "field"),
    [
        ({"valid_to": "2019-12-31"}, "INVALID_VALIDITY", "validTo"),
        ({"discount_percent": "300"}, "INVALID_DISCOUNT", "discountPercent"),
        ({"discount_percent": "-1"}, "INVALID_DISCOUNT", "discountPercent"),
        ({"discount_percent": "1.00001"}, "INVALID_DISCOUNT", "discountPercent"),
        ({"currency": "XYZ"}, "UNKNOWN_CURRENCY", "currency"),
    ],
)
def test_terms_that_cannot_be(world: World, input: dict[str, Any], code: str, field: str) -> None:
    payload = {"partner_id": new_id(PARTNER), "currency": "USD", "valid_from": "2020-01-01", **input}
    problem = world.refused("register_sale_terms", **payload)
    assert (problem.code, problem.field) == (code, (field,))


def test_terms_for_a_deal_are_with_its_partner(world: World) -> None:
    deal = world.open(partner_id=new_id(PARTNER))
    payload = {"partner_id": new_id(PARTNER), "deal_id": deal["id"], "currency": "USD", "valid_from": "2020-01-01"}
    assert world.refused("register_sale_terms", **payload).code == "DEAL_OF_ANOTHER_PARTNER"


def test_a_partner_of_another_manager_is_not_found(world: World) -> None:
    partner = new_id(PARTNER)
    world.hear("partner.registered", 1, partner_id=partner, manager_id=new_id(MANAGER))
    payload = {"partner_id": partner, "currency": "USD", "valid_from": "2020-01-01"}
    assert world.refused("register_sale_terms", manager_actor(new_id(MANAGER)), **payload).code == "NOT_FOUND"
