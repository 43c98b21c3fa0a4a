"""Taking words out of texts: names and addresses wherever these stand, phone numbers in any spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import phonenumbers
from phonenumbers import NumberParseException

ERASED = "[erased]"
"""What stands in the place of what was erased."""

_BETWEEN = r"[\s().-]*"
_SHORTEST = 3
"""Characters; anything shorter is part of too many other words."""


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
        return self._told.sub(ERASED, text) if self._told is not None else text

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
