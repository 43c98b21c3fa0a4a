"""Taking a person out of texts, and nobody else."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.errors import Refused
from chassis.ids import new_id
from chassis.redaction import ERASED, Redaction
from services.contacts.domain.erasure import without_person
from services.contacts.domain.kinds import CONTACT_PERSON
from services.contacts.domain.mention import Mention, mentions_in

ANN, BOB = new_id(CONTACT_PERSON), new_id(CONTACT_PERSON)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Ask ANN lee.", "Ask [erased]."),
        ("Joann Leeds stays", "Joann Leeds stays"),
        ("ann@acme.com, not joann@acme.com", "[erased], not joann@acme.com"),
        ("8 (912) 345-67-89", "[erased]"),
        ("+7 912 345 67 89 or 9123456789", "[erased] or [erased]"),
        ("order 19123456789", "order 19123456789"),
    ],
)
def test_names_addresses_and_phones_go_in_any_spelling(text: str, left: str) -> None:
    assert Redaction.of(["Ann Lee", "ann@acme.com"], ["+79123456789"]).text(text) == left


def test_a_redaction_of_nothing_changes_nothing() -> None:
    assert Redaction.of(["", "Al"]).text("Al is all") == "Al is all"


def test_marked_places_go_and_the_mentions_of_others_move_along() -> None:
    text = "Annie told Bobby that Annie comes"
    mentions = [Mention(person_id=ANN, start=0, end=5), Mention(person_id=BOB, start=11, end=16)]
    left, kept = without_person(text, mentions, ANN, Redaction.of(["comes"]))
    assert left == "[erased] told Bobby that Annie [erased]"
    (bob,) = kept
    assert left[bob.start : bob.end] == "Bobby"


def test_mentions_keep_to_the_text_as_it_is_kept() -> None:
    sent = "  \r\nCafe\u0301 with Ann\r\n "
    start = sent.index("Ann")
    (kept,) = mentions_in(sent, [Mention(person_id=ANN, start=start, end=start + 3)], longest=100)
    assert "Café with Ann"[kept.start : kept.end] == "Ann"


@pytest.mark.parametrize(
    ("spans", "field"),
    [
        ([(0, 0)], ["mentions", "0", "start"]),
        ([(3, 2)], ["mentions", "0", "start"]),
        ([(0, 99)], ["mentions", "0", "start"]),
        ([(-1, 2)], ["mentions", "0", "start"]),
        ([(0, 5), (4, 6)], ["mentions", "1", "start"]),
        ([(3, 4)], ["mentions", "0", "start"]),
        ([(9, 10)], ["mentions", "0", "start"]),
    ],
)
def test_mentions_that_do_not_fit_are_refused(spans: list[tuple[int, int]], field: list[str]) -> None:
    given = [Mention(person_id=ANN, start=start, end=end) for start, end in spans]
    with pytest.raises(Refused) as refusal:
        mentions_in("Cafe\u0301 Ann ", given, longest=100)
    assert [list(problem.field or ()) for problem in refusal.value.problems] == [field]


def test_at_most_a_hundred() -> None:
    with pytest.raises(Refused, match="TOO_MANY"):
        mentions_in("x" * 200, [Mention(person_id=ANN, start=i, end=i + 1) for i in range(101)], longest=1000)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from([ANN, BOB, None]), st.text("abc \u0301й", min_size=1, max_size=6)), max_size=8)
)
def test_of_any_text_nothing_marked_is_left_and_nothing_else_is_lost(parts: list[tuple[UUID | None, str]]) -> None:
    text, mentions, expected = "", [], ""
    for person, part in parts:
        if person is not None:
            mentions.append(Mention(person_id=person, start=len(text), end=len(text) + len(part)))
        text += part
        expected += ERASED if person == ANN else part
    left, kept = without_person(text, mentions, ANN, Redaction.of([]))
    assert left == expected
    bobs = [part for person, part in parts if person == BOB]
    assert [left[one.start : one.end] for one in kept] == bobs
    assert all(one.person_id == BOB for one in kept)
