"""Search: what is found by words, and how words are spelled for that."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from uuid import UUID

from services.contacts.domain.text import words

_MOST_WORDS = 10
_LONGEST_WORD = 100
_FEWEST_DIGITS = 4
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i"})


class HitKind(StrEnum):
    """What can be found."""

    PARTNER = "PARTNER"
    CONTACT_PERSON = "CONTACT_PERSON"
    LEGAL_ENTITY = "LEGAL_ENTITY"
    INTERACTION = "INTERACTION"


class Weight(IntEnum):
    """How much a field says about a thing: what is found in the first comes first."""

    NAME = 1
    NUMBER = 2
    TEXT = 3


FIELDS: Mapping[str, Weight] = {
    "name": Weight.NAME,
    "fullName": Weight.NAME,
    "title": Weight.NAME,
    "taxId": Weight.NUMBER,
    "contactPoint": Weight.NUMBER,
    "interest": Weight.TEXT,
    "notes": Weight.TEXT,
    "text": Weight.TEXT,
    "outcome": Weight.TEXT,
}
"""The fields that are searched, under the names by which hits tell of them."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A text by which a thing is found; `source_id` is what it stands in, which may be a part of the thing."""

    source_id: UUID
    field: str
    thing_id: UUID
    kind: HitKind
    text: str | None


def folded(text: str) -> str:
    """Spell the words of a text as they are compared: case-folded, ё as е, Latin letters without accents."""
    return " ".join(_without_accents(word) for word in words(text))


def asked_for(text: str) -> list[str]:
    """Give the words of a search, each of which has to begin a word; a number is one word, however it is grouped."""
    found = [word[:_LONGEST_WORD] for word in folded(text).split(" ") if word]
    if found and all(word.isdigit() for word in found) and len("".join(found)) >= _FEWEST_DIGITS:
        return ["".join(found)[:_LONGEST_WORD]]
    return list(dict.fromkeys(found))[:_MOST_WORDS]


def _without_accents(word: str) -> str:
    if word.isascii():
        return word
    kept = []
    for letter in word:
        plain = unicodedata.normalize("NFD", letter)[0]
        kept.append(plain if plain.isascii() else letter)  # й is a letter of its own, not an и with an accent
    return "".join(kept).translate(_LETTERS)
