"""Numbers beside the main one, each by the rule of whoever gives it."""

from __future__ import annotations

import pytest

from chassis.errors import Refused
from services.contacts.domain.tax_id import TaxIdKind, further_numbers


@pytest.mark.parametrize(
    ("country", "kind", "given", "spelt"),
    [
        ("RU", "OGRN", "1 02 77 00 13219 5", "1027700132195"),
        ("RU", "OGRNIP", "304500116000157", "304500116000157"),
        ("US", "VAT", "DE 136 695 976", "DE136695976"),
        ("CH", "VAT", "FR 40303265045", "FR40303265045"),
        ("AT", "TIN", "59-119/9013", "591199013"),
        ("DE", "TIN", "36 574 261 809", "36574261809"),
        ("US", "LEI", "213800KUD8LAJWSQ9D15", "213800KUD8LAJWSQ9D15"),
    ],
)
def test_a_number_is_spelt_as_its_giver_does(country: str, kind: str, given: str, spelt: str) -> None:
    (found,) = further_numbers(country, [(TaxIdKind(kind), given)])
    assert (found.kind, found.number) == (kind, spelt)


@pytest.mark.parametrize(
    ("country", "kind", "given", "field"),
    [
        ("RU", "OGRN", "1027700132196", "number"),  # control digit
        ("RU", "OGRN", "304500116000157", "number"),  # a person's
        ("RU", "OGRNIP", "1027700132195", "number"),  # an organisation's
        ("DE", "OGRN", "1027700132195", "kind"),
        ("DE", "INN", "7707083893", "kind"),
        ("RU", "INN", "7707083893", "kind"),  # that is taxId
        ("RU", "KPP", "773601001", "kind"),  # that is registrationReasonCode
        ("DE", "VAT", "DE136695976", "kind"),  # that is taxId
        ("US", "VAT", "DE136695978", "number"),
        ("AT", "TIN", "59-119/9012", "number"),
        ("DE", "TIN", "no number", "number"),
        ("US", "LEI", "213800KUD8LAJWSQ9D14", "number"),
        ("US", "LEI", " ", "number"),
    ],
)
def test_a_number_that_was_never_given_is_refused(country: str, kind: str, given: str, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        further_numbers(country, [(TaxIdKind(kind), given)])
    assert [problem.field for problem in refusal.value.problems] == [("taxIds", "0", field)]


def test_one_of_each_kind() -> None:
    with pytest.raises(Refused, match="given twice"):
        further_numbers("RU", [(TaxIdKind.OGRN, "1027700132195"), (TaxIdKind.OGRN, "1037739010891")])
