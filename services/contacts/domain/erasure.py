"""Erasing a person: what is left of them, and how they are taken out of texts about others."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import phonenumbers
from phonenumbers import NumberParseException

from chassis.errors import Refused, refuse
from services.contacts.domain.external_ref import ExternalRef
from services.contacts.domain.mention import Mention
from services.contacts.domain.person import ContactPerson

PLACEHOLDER = "[erased]"
"""What is shown in the place of what was erased."""

_DIGEST = "erased:"
_BETWEEN = r"[\s().-]*"
_SHORTEST = 3
"""Characters; anything shorter is part of too many other words."""


def erased(person: ContactPerson, at: datetime) -> ContactPerson:
    """Give what is left of a person: that there was one."""
    return replace(
        person,
        full_name=PLACEHOLDER,
        birthday=None,
        notes=None,
        time_zone=None,
        external_ref=digest_of(person.external_ref) if person.external_ref else None,
        erased_at=at,
        version=person.version + 1,
    )


def person_erased(*field: str) -> Refused:
    """Make the refusal of whatever would change an erased person."""
    return refuse("PERSON_ERASED", "this person was erased; nothing of them is kept or changed any more", *field)


def digest_of(ref: ExternalRef) -> ExternalRef:
    """Give what tells that a reference is an erased person's without holding it."""
    digest = hashlib.sha256(f"{ref.system}\0{ref.id}".encode()).hexdigest()
    return ExternalRef(system=ref.system, id=f"{_DIGEST}{digest}")


@dataclass(frozen=True)
class Redaction:
    """Takes a person out of texts: their names and addresses wherever these stand, phone numbers in any spelling."""

    _told: re.Pattern[str] | None

    @classmethod
    def of(cls, words: Iterable[str], phones: Iterable[str] = ()) -> Redaction:
        """Make a redaction of what names a person, the longest first: a full name goes before a part of it."""
        told = sorted({word for word in words if len(word) >= _SHORTEST}, key=len, reverse=True)
        patterns = [rf"(?<!\w){re.escape(word)}(?!\w)" for word in told]
        patterns = [pattern for phone in phones if (pattern := _in_any_spelling(phone))] + patterns
        return cls(re.compile("|".join(patterns), re.IGNORECASE) if patterns else None)

    def text(self, text: str) -> str:
        """Give a text without the person's names and addresses."""
        return self._told.sub(PLACEHOLDER, text) if self._told is not None else text

    def optional(self, text: str | None) -> str | None:
        """Give a text that may be missing without the person's names and addresses."""
        return None if text is None else self.text(text)


def _in_any_spelling(phone: str) -> str | None:
    """Give the pattern of a number of E.164: its national digits, whatever stands between them and before."""
    try:
        number = phonenumbers.parse(phone)
    except NumberParseException:
        return None
    digits = _BETWEEN.join(phonenumbers.national_significant_number(number))
    return rf"(?<![\d+])(?:\+{number.country_code}{_BETWEEN}|[08]{_BETWEEN})?\(?{digits}(?!\d)"


def without_person(
    text: str | None, mentions: Sequence[Mention], person_id: UUID, redaction: Redaction
) -> tuple[str | None, tuple[Mention, ...]]:
    """Take a person out of a text; give it with the mentions of others, where these stand now."""
    if text is None:
        return None, ()
    parts: list[str] = []
    kept: list[Mention] = []
    length = at = 0
    for mention in sorted(mentions, key=lambda one: one.start):
        before = redaction.text(text[at : mention.start])
        theirs = mention.person_id == person_id
        marked = PLACEHOLDER if theirs else text[mention.start : mention.end]
        length += len(before)
        if not theirs:
            kept.append(Mention(person_id=mention.person_id, start=length, end=length + len(marked)))
        length += len(marked)
        at = mention.end
        parts += [before, marked]
    return "".join((*parts, redaction.text(text[at:]))), tuple(kept)
