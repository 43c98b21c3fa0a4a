"""Tax ids, country by country."""

from __future__ import annotations

import pytest

from chassis.errors import Refused
from services.contacts.domain.legal_entity import LegalEntity


@pytest.mark.parametrize(
    ("country", "given", "spelt"),
    [
        ("RU", "7707083893", "7707083893"),
        ("ru", "500100732259", "500100732259"),
        ("DE", "DE 136 695 976", "DE136695976"),
        ("DE", "136695976", "DE136695976"),
        ("GR", "GR 094259216", "EL094259216"),
        ("FR", "40303265045", "FR40303265045"),
        ("GB", "GB 980 7806 84", "980780684"),
        ("US", "04-2103594", "042103594"),
        ("UA", "32855961", "32855961"),
        ("KZ", "0606-4000-0123", "060640000123"),
    ],
)
def test_a_tax_id_is_spelt_as_its_country_does(country: str, given: str, spelt: str) -> None:
    assert _entity(country, given).tax_id == spelt


@pytest.mark.parametrize(
    ("country", "given"),
    [
        ("RU", "7707083894"),
        ("RU", "77070838"),
        ("DE", "DE136695978"),
        ("DE", "FR40303265045"),
        ("US", "00-0000000"),
        ("KZ", "!!"),
        ("KZ", "ABCDEF"),
    ],
)
def test_a_tax_id_that_the_country_would_not_give_is_refused(country: str, given: str) -> None:
    with pytest.raises(Refused) as refusal:
        _entity(country, given)
    assert [(p.code, p.field) for p in refusal.value.problems] == [("INVALID_TAX_ID", ("taxId",))]


def test_a_kpp_goes_with_the_inn_of_an_organisation() -> None:
    assert _entity("RU", "7707083893", "7736 01001").registration_reason_code == "773601001"


@pytest.mark.parametrize(
    ("country", "tax_id", "code"),
    [
        ("RU", "7707083893", "7736010"),
        ("RU", "500100732259", "773601001"),
        ("RU", None, "773601001"),
        ("DE", "DE136695976", "773601001"),
    ],
)
def test_a_kpp_elsewhere_is_refused(country: str, tax_id: str | None, code: str) -> None:
    with pytest.raises(Refused, match="INVALID_REGISTRATION_REASON_CODE"):
        _entity(country, tax_id, code)


def test_a_country_is_one_of_iso_3166() -> None:
    with pytest.raises(Refused, match="UNKNOWN_COUNTRY"):
        _entity("XX", None)


def _entity(country: str, tax_id: str | None, code: str | None = None) -> LegalEntity:
    return LegalEntity.register(name="Acme", country=country, tax_id=tax_id, registration_reason_code=code)
