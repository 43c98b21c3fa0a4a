"""How contact points are spelt, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.errors import Refused
from services.contacts.domain.contact_point import (
    ContactPoint,
    ContactPointKind,
    contact_list,
    merge_points,
    recognise_points,
)

PHONE, EMAIL, SITE = ContactPointKind.PHONE, ContactPointKind.EMAIL, ContactPointKind.SITE


@pytest.mark.parametrize(
    ("kind", "given", "country", "value"),
    [
        ("PHONE", "(212) 555-0123", "US", "+12125550123"),
        ("PHONE", "8 (495) 123-45-67", "RU", "+74951234567"),
        ("PHONE", "+7 495 123-45-67", "US", "+74951234567"),
        ("EMAIL", "Ann@EXAMPLE.com", "US", "Ann@example.com"),
        ("EMAIL", "иван@пример.рф", "RU", "иван@пример.рф"),
        ("SITE", "Example.com/", "US", "https://example.com"),
        ("SITE", "http://пример.рф/о-нас", "RU", "http://xn--e1afmkfd.xn--p1ai/о-нас"),
        ("ADDRESS", " Тверская ул.,  1,\n Москва ", "RU", "Тверская ул., 1, Москва"),
        ("MESSENGER", "@ann", "US", "@ann"),
    ],
)
def test_a_contact_point_is_spelt_one_way_and_keeps_the_original(
    kind: str, given: str, country: str, value: str
) -> None:
    point = ContactPoint.of(ContactPointKind(kind), given, country=country)
    assert point.value == value
    assert point.original == " ".join(given.split())


@pytest.mark.parametrize(
    ("kind", "given", "code"),
    [
        ("PHONE", "12", "INVALID_PHONE"),
        ("PHONE", "555-0123", "INVALID_PHONE"),
        ("PHONE", "call me", "INVALID_PHONE"),
        ("PHONE", "1" * 400, "INVALID_PHONE"),
        ("EMAIL", "ann", "INVALID_EMAIL"),
        ("EMAIL", "ann@localhost", "INVALID_EMAIL"),
        ("SITE", "no site", "INVALID_SITE"),
        ("SITE", "ftp://example.com", "INVALID_SITE"),
        ("SITE", "http://[", "INVALID_SITE"),
        ("SITE", "https://ann:secret@example.com", "INVALID_SITE"),
        ("ADDRESS", "12, 3", "INVALID_ADDRESS"),
        ("MESSENGER", "@", "INVALID_MESSENGER"),
        ("MESSENGER", "  ", "REQUIRED"),
        ("ADDRESS", "a\x00b", "INVALID"),
        ("ADDRESS", "a" * 501, "TOO_LONG"),
    ],
)
def test_what_is_no_contact_point_is_refused(kind: str, given: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        ContactPoint.of(ContactPointKind(kind), given, country="US")
    assert [(p.code, p.field) for p in refusal.value.problems] == [(code, ("value",))]


def test_the_first_of_a_kind_is_primary_unless_another_says_so() -> None:
    points = [_phone("+12125550123"), _phone("+12125550124", primary=True), _email("a@example.com")]
    assert [point.primary for point in contact_list(points)] == [False, True, True]


def test_two_primary_phones_are_refused() -> None:
    with pytest.raises(Refused, match="SEVERAL_PRIMARY"):
        contact_list([_phone("+12125550123", primary=True), _phone("+12125550124", primary=True)])


def test_the_same_number_in_two_spellings_is_one_point() -> None:
    points = contact_list([_phone("+1 212 555 0123"), _phone("(212) 555-0123", primary=True)])
    assert [(point.value, point.primary) for point in points] == [("+12125550123", True)]


@given(st.lists(st.integers(0, 9), max_size=8), st.lists(st.integers(0, 9), max_size=8))
def test_merging_what_is_known_already_changes_nothing(known: list[int], found: list[int]) -> None:
    before = contact_list([_phone(f"+1212555012{n}") for n in known])
    merged = merge_points(before, contact_list([_phone(f"+1212555012{n}") for n in found]))
    again = merge_points(merged, contact_list([_phone(f"+1212555012{n}") for n in reversed(found)]))
    assert again == merged
    assert {point.value for point in merged} == {f"+1212555012{n}" for n in known + found}
    assert sum(point.primary for point in merged) == min(1, len(merged))
    assert merged[: len(before)] == before


@given(st.lists(st.text(max_size=30), max_size=5), st.sampled_from(ContactPointKind))
def test_any_text_is_either_spelt_or_refused(texts: list[str], kind: ContactPointKind) -> None:
    for text in texts:
        try:
            value = ContactPoint.of(kind, text, country="DE").value
        except Refused:
            continue
        assert 0 < len(value) <= 700


def test_known_points_keep_their_ids() -> None:
    known = contact_list([_phone("+12125550123"), _email("a@example.com")])
    given = contact_list([_email("a@example.com"), _phone("(212) 555-0199"), _phone("212 555 0123")])
    recognised = recognise_points(known, given)
    assert recognised[0] == known[1]
    assert recognised[2].id == known[0].id and not recognised[2].primary
    assert recognised[1].id not in {point.id for point in known}


def _phone(value: str, primary: bool = False) -> ContactPoint:
    return ContactPoint.of(PHONE, value, country="US", primary=primary)


def _email(value: str) -> ContactPoint:
    return ContactPoint.of(EMAIL, value, country="US")
