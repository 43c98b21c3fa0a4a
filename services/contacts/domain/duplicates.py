"""What makes it likely that two partners are one and the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from math import prod
from uuid import UUID

from anyascii import anyascii
from rapidfuzz import fuzz

from chassis.ids import new_id
from services.contacts.domain.kinds import DUPLICATE_PAIR

LEAST_LIKENESS = 0.82
"""From which likeness on two names are similar."""

_WORD = re.compile(r"[a-z0-9]+")
_FORMS = frozenset(
    [
        "ooo",
        "oao",
        "zao",
        "pao",
        "ao",
        "ip",
        "tov",
        "chp",
        "too",
        "llc",
        "llp",
        "ltd",
        "limited",
        "inc",
        "incorporated",
        "corp",
        "corporation",
        "co",
        "company",
        "plc",
        "gmbh",
        "ag",
        "kg",
        "ohg",
        "ug",
        "sa",
        "sarl",
        "sas",
        "srl",
        "spa",
        "sl",
        "bv",
        "nv",
        "oy",
        "ab",
        "as",
        "aps",
        "oue",
        "uab",
        "sia",
        "kft",
        "zrt",
        "doo",
        "ood",
        "eood",
    ]
)
_LONGEST = 250


class Likeness(StrEnum):
    """What two partners share."""

    TAX_ID = "TAX_ID"
    PHONE = "PHONE"
    EMAIL = "EMAIL"
    NAME = "NAME"
    SIMILAR_NAME = "SIMILAR_NAME"

    @property
    def weight(self) -> float:
        """How likely this alone makes it that they are one, from 0 to 1; of a similar name, at most."""
        return _WEIGHTS[self]


_WEIGHTS = {
    Likeness.TAX_ID: 0.95,
    Likeness.PHONE: 0.7,
    Likeness.EMAIL: 0.7,
    Likeness.NAME: 0.6,
    Likeness.SIMILAR_NAME: 0.55,
}


class PairStatus(StrEnum):
    """What is to be done about a pair: to be looked at, or seen to be two."""

    OPEN = "OPEN"
    DISMISSED = "DISMISSED"


@dataclass(frozen=True, kw_only=True)
class DuplicatePair:
    """Two partners that may be one: `first_id` is the lower id, `score` from 0 to 1."""

    id: UUID
    first_id: UUID
    second_id: UUID
    score: float
    reasons: tuple[Likeness, ...]
    status: PairStatus
    found_at: datetime
    dismissed_at: datetime | None = None
    dismissed_by: str | None = None

    @classmethod
    def find(cls, one: UUID, other: UUID, evidence: Mapping[Likeness, float], at: datetime) -> DuplicatePair:
        """Make the pair of two partners that share something."""
        first, second = sorted((one, other))
        return cls(
            id=new_id(DUPLICATE_PAIR), first_id=first, second_id=second, score=score(evidence), status=PairStatus.OPEN,
            reasons=tuple(sorted(evidence)), found_at=at,
        )  # fmt: skip

    def found_again(self, again: DuplicatePair) -> DuplicatePair:
        """Look at a pair anew; a dismissed one is open again where they share something else than they did then."""
        if (again.score, again.reasons) == (self.score, self.reasons):
            return self
        return replace(again, id=self.id, found_at=self.found_at if self.status is PairStatus.OPEN else again.found_at)

    def dismiss(self, at: datetime, by: str) -> DuplicatePair:
        """Say that the two are not one; who said so first did."""
        if self.status is PairStatus.DISMISSED:
            return self
        return replace(self, status=PairStatus.DISMISSED, dismissed_at=at, dismissed_by=by)


def match_key(name: str) -> str:
    """Give what names are compared by: words in Latin letters, without legal forms, each with a space before it."""
    # in Latin letters Ромашка is Romashka, and trigrams of the database need no locale
    latin = anyascii(unicodedata.normalize("NFKC", name)).casefold()
    words = _WORD.findall(latin)
    telling = [word for word in words if word not in _FORMS] or words
    return "".join(f" {word}" for word in telling)[:_LONGEST]


def likeness_of_names(one: str, other: str) -> float:
    """Tell how like two names are, as match_key gives them, from 0 to 1: whatever the order of their words."""
    return fuzz.token_sort_ratio(one, other) / 100


def similar_name(one: str, other: str) -> float | None:
    """Give the weight of the likeness of two names; None where they are not similar."""
    likeness = likeness_of_names(one, other)
    return Likeness.SIMILAR_NAME.weight * likeness if likeness >= LEAST_LIKENESS else None


def score(evidence: Mapping[Likeness, float]) -> float:
    """Give how likely two partners are one: what they share is independent evidence, 1 − ∏(1 − weight)."""
    return round(1 - prod(1 - weight for weight in evidence.values()), 4)


def beginnings(match: str, length: int = 4) -> list[str]:
    """Give the beginnings of the words of a name by which similar ones are looked for where there are no trigrams."""
    return sorted({word[:length] for word in _long(match.split())})


def _long(words: Iterable[str]) -> Iterable[str]:
    return [word for word in words if len(word) > 2] or words
