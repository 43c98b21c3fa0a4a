"""Legal entities that stand by themselves, with their numbers and accounts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.services.contacts.conftest import Contacts

TODAY = datetime.now(UTC).date()
SBER = {
    "name": "Сбербанк",
    "full_name": "ПАО «Сбербанк России»",
    "country": "RU",
    "tax_id": "7707083893",
    "registration_reason_code": "773601001",
    "tax_ids": [{"kind": "OGRN", "number": "1027700132195"}],
    "registered_on": "1991-06-20",
}
ACCOUNT = {
    "bank_name": "Sparkasse",
    "currency": "EUR",
    "iban": "DE89 3704 0044 0532 0130 00",
    "bic": "COBADEFFXXX",
}


@pytest.fixture
def sber(contacts: Contacts) -> Any:
    """A legal entity in Russia."""
    return contacts.ask("register_legal_entity", **SBER)


def test_an_entity_is_registered_with_all_its_numbers(contacts: Contacts, sber: Any) -> None:
    assert (sber["tax_id"], sber["registration_reason_code"]) == ("7707083893", "773601001")
    assert sber["tax_ids"] == [{"kind": "OGRN", "number": "1027700132195"}]
    assert (sber["full_name"], sber["registered_on"]) == ("ПАО «Сбербанк России»", "1991-06-20")
    assert contacts.told() == [
        (
            "legal_entity.registered",
            {
                "legal_entity_id": sber["id"],
                "country": "RU",
                "sequence": 1,
                "occurred_at": contacts.told()[0][1]["occurred_at"],
            },
        )
    ]
    assert contacts.ask("legal_entities_by_ids", ids=[sber["id"]])["nodes"] == [sber]


def test_a_tax_id_has_one_holder(contacts: Contacts, sber: Any) -> None:
    assert contacts.refused("register_legal_entity", **{**SBER, "name": "Another"}) == [("TAX_ID_TAKEN", "taxId")]
    other = contacts.ask("register_legal_entity", name="Other", country="RU", tax_id="7728168971")
    numbers = {"tax_id": "7707083893", "registration_reason_code": "773601001"}
    assert contacts.refused("change_legal_entity", legal_entity_id=other["id"], **numbers) == [
        ("TAX_ID_TAKEN", "taxId")
    ]


def test_accounts_are_given_whole_and_known_ones_keep_their_ids(contacts: Contacts, sber: Any) -> None:
    at = {"legal_entity_id": sber["id"]}
    (first,) = contacts.ask("change_legal_entity", **at, bank_accounts=[ACCOUNT])["bank_accounts"]
    assert (first["iban"], first["primary"]) == ("DE89370400440532013000", True)
    russian = {
        "bank_name": "Сбербанк",
        "currency": "RUB",
        "bic": "044525225",
        "account": "40702810438000060473",
        "correspondent_account": "30101810400000000225",
        "primary": True,
    }
    changed = contacts.ask("change_legal_entity", **at, bank_accounts=[ACCOUNT, russian])
    old, new = changed["bank_accounts"]
    assert (old["id"], old["primary"], new["primary"]) == (first["id"], False, True)
    assert contacts.told()[-1][1]["changed"] == ["bank_accounts"]
    assert contacts.ask("change_legal_entity", **at, bank_accounts=[ACCOUNT, russian]) == changed
    assert contacts.refused("change_legal_entity", **at, bank_accounts=[ACCOUNT, ACCOUNT]) == [
        ("INVALID_ACCOUNT", "bankAccounts")
    ]
    both = [{**ACCOUNT, "primary": True}, russian]
    assert contacts.refused("change_legal_entity", **at, bank_accounts=both) == [("SEVERAL_PRIMARY", "bankAccounts")]


def test_everything_that_does_not_fit_is_said_at_once(contacts: Contacts) -> None:
    assert contacts.refused(
        "register_legal_entity",
        name=" ",
        country="RU",
        tax_id="7707083894",
    ) == [("REQUIRED", "name"), ("INVALID_TAX_ID", "taxId")]
    assert contacts.refused(
        "register_legal_entity",
        name="Acme",
        country="RU",
        tax_ids=[{"kind": "OGRN", "number": "1027700132196"}, {"kind": "LEI", "number": "x"}],
        registered_on="2999-01-01",
        bank_accounts=[{**ACCOUNT, "iban": "DE00", "currency": "XXQ"}],
    ) == [
        ("INVALID_TAX_ID", "taxIds.0.number"),
        ("INVALID_TAX_ID", "taxIds.1.number"),
        ("OCCURRED_IN_FUTURE", "registeredOn"),
        ("UNKNOWN_CURRENCY", "bankAccounts.0.currency"),
        ("INVALID_IBAN", "bankAccounts.0.iban"),
    ]


def test_an_entity_stands_behind_several_partners_in_several_roles(contacts: Contacts, sber: Any) -> None:
    acme = contacts.ask("register_partner", name="Acme")
    bolt = contacts.ask("register_partner", name="Bolt")
    for partner, role in ((acme, "CONTRACTING"), (bolt, "PAYER")):
        linked = contacts.ask("link_legal_entity", partner_id=partner["id"], legal_entity_id=sber["id"], role=role)
        assert [(e["id"], e["role"]) for e in linked["legal_entities"]] == [(sber["id"], role)]
        assert linked["version"] == 2
    (whole,) = contacts.ask("legal_entities_by_ids", ids=[sber["id"]])["nodes"]
    assert {(link["partner_id"], link["role"]) for link in whole["links"]} == {
        (acme["id"], "CONTRACTING"),
        (bolt["id"], "PAYER"),
    }
    this = {"partner_id": acme["id"], "legal_entity_id": sber["id"]}
    for late in ("link_legal_entity", "unlink_legal_entity"):
        assert contacts.refused(late, **this, expected_version=1) == [("CONFLICT", "expectedVersion")]
    assert contacts.ask("unlink_legal_entity", **this)["legal_entities"] == []
    assert contacts.refused("unlink_legal_entity", **this) == [("NOT_FOUND", "legalEntity")]
    assert contacts.told()[-1][1]["changed"] == ["legal_entities"]


def test_entities_are_found_by_any_of_their_numbers_and_by_name(contacts: Contacts, sber: Any) -> None:
    contacts.ask("register_legal_entity", name="Acme GmbH", country="DE", tax_id="DE136695976")
    for asked, found in (
        ({"filter": {"tax_id": "7707 083893"}}, ["Сбербанк"]),
        ({"filter": {"tax_id": "1027700132195"}}, ["Сбербанк"]),
        ({"filter": {"tax_id": "de 136695976"}}, ["Acme GmbH"]),
        ({"filter": {"countries": ["de"]}}, ["Acme GmbH"]),
        ({"search": "сбер"}, ["Сбербанк"]),
        ({"filter": {"partner_ids": []}}, []),
        ({}, ["Acme GmbH", "Сбербанк"]),
    ):
        assert [e["name"] for e in contacts.ask("list_legal_entities", **asked)["nodes"]] == found
