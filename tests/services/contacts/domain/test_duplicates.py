"""How like two names are."""

from __future__ import annotations

import pytest

from services.contacts.domain.duplicates import match_key, similar_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme Trading", "Acme Trading LLC"),
        ("Acme Trading", "Trading, Acme"),
        ("Acme Trading", "Acme Tradng"),
        ("ООО «Ромашка»", "Romashka"),
        ("Ромашка", "ромашка, ЗАО"),
        ("Müller Maschinenbau GmbH", "Mueller Maschinenbau"),
        ("Щербаков и сыновья", "Щербакoв и сыновья"),
    ],
)
def test_spellings_of_one_name_are_similar(one: str, other: str) -> None:
    assert similar_name(match_key(one), match_key(other)) is not None


@pytest.mark.parametrize(
    ("one", "other"), [("Acme", "Bolt"), ("Acme Trading", "Zenith Trading"), ("ООО Ромашка", "ООО Василёк")]
)
def test_different_names_are_not(one: str, other: str) -> None:
    assert similar_name(match_key(one), match_key(other)) is None


def test_a_name_of_nothing_but_a_legal_form_is_compared_by_that() -> None:
    assert match_key("ООО") == " ooo"
