"""Mentions: where the text of an interaction speaks of a person, marked so that it can be erased with them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from chassis.errors import refuse
from services.contacts.domain.problems import Problems
from services.contacts.domain.text import optional_text

_MOST = 100


@dataclass(frozen=True, kw_only=True)
class Mention:
    """A person in a text, start ≤ character < end; characters are those of Unicode."""

    person_id: UUID
    start: int
    end: int


def mentions_in(text: str | None, given: Sequence[Mention], *, longest: int) -> tuple[Mention, ...]:
    """Find the mentions of a text as it was sent in the text as it is kept, in their order.

    Raise Refused for those that are not within the text, are empty, overlap, or begin or end within a character.
    """
    if len(given) > _MOST:
        raise refuse("TOO_MANY", f"at most {_MOST} mentions fit here; these are {len(given)}", "mentions")
    kept, sent, problems = optional_text(text, "text", longest=longest) or "", text or "", Problems()
    found: list[tuple[int, Mention]] = []
    for place, one in enumerate(given):
        with problems.under("mentions", place):
            found.append((place, _moved(one, sent, kept)))
    found.sort(key=lambda placed: placed[1].start)
    for (_, before), (place, one) in pairwise(found):
        with problems.under("mentions", place):
            if one.start < before.end:
                raise refuse("INVALID", "mentions may not overlap", "start")
    problems.settle()
    return tuple(mention for _, mention in found)


def _moved(one: Mention, sent: str, kept: str) -> Mention:
    """Give a mention by its place in the text as it is kept, which is tidied."""
    if not 0 <= one.start < one.end <= len(sent):
        raise refuse("INVALID", f"a mention lies within the text, which has {len(sent)} characters", "start")
    tidy = _tidied(sent)
    ahead = len(tidy) - len(tidy.lstrip())
    start, end = (min(max(len(_tidied(sent[:at])) - ahead, 0), len(kept)) for at in (one.start, one.end))
    if kept[start:end].strip() != _tidied(sent[one.start : one.end]).strip():
        raise refuse("INVALID", "a mention begins and ends between two characters", "start")
    if start == end:
        raise refuse("INVALID", "there is nothing but blanks in this mention", "start")
    return Mention(person_id=one.person_id, start=start, end=end)


def _tidied(text: str) -> str:
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n")
