"""What came of an interaction."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chassis.errors import refuse
from services.contacts.domain.problems import Problems
from services.contacts.domain.text import optional_text

_KEY = re.compile(r"[a-z][a-z0-9_]{0,49}", re.ASCII)
_TEXT_LENGTH = 2000


@dataclass(frozen=True, kw_only=True)
class InteractionOutcome:
    """A key of the enterprise's own choice, to be counted by, and a text for those who read it."""

    key: str
    text: str | None

    @classmethod
    def of(cls, key: str, text: str | None = None) -> InteractionOutcome:
        """Make an outcome; raise Refused for a key that is none, or a text too long."""
        problems = Problems()
        with problems.under("outcome"):
            if not _KEY.fullmatch(key):
                message = "a key is at most 50 small letters, digits and _, like call_back"
                raise refuse("INVALID", message, "key")
        with problems.under("outcome"):
            text = optional_text(text, "text", longest=_TEXT_LENGTH)
        problems.settle()
        return cls(key=key, text=text)
