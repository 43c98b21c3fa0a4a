"""Text as people type it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.errors import Refused
from services.contacts.domain.text import line, name_key, optional_line, optional_text, search_key, words


def test_a_search_key_has_a_space_before_each_word() -> None:
    assert search_key("O'Neil & Söhne «Ёлка»") == " o neil söhne елка"


@given(st.text(max_size=40))
def test_words_of_a_key_are_the_words_of_the_name(name: str) -> None:
    assert words(search_key(name)) == words(name)


@given(st.text(max_size=40))
def test_tidying_twice_is_tidying_once(text: str) -> None:
    try:
        tidy = line(text)
    except Refused:
        return
    assert line(tidy) == tidy
    assert name_key(tidy) == name_key(text)


def test_blank_is_missing() -> None:
    assert optional_line(" \n ") is None
    assert optional_text("\t", longest=5) is None
    assert optional_text(" two\r\nlines ", longest=20) == "two\nlines"


def test_control_characters_are_refused() -> None:
    with pytest.raises(Refused, match="INVALID"):
        optional_text("bell\a", longest=20)
