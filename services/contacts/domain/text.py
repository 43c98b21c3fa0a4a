"""Text as people type it: checked, tidied, and made findable."""

from __future__ import annotations

import re
import unicodedata

from chassis.errors import refuse

NAME_LENGTH = 250
_WORD = re.compile(r"\w+")
_BLANKS = re.compile(r"\s+")


def line(text: str, *field: str, longest: int = NAME_LENGTH) -> str:
    """Tidy a line of text; raise Refused if nothing is left, it is too long or holds control characters."""
    tidy = _BLANKS.sub(" ", unicodedata.normalize("NFC", text)).strip()
    if not tidy:
        raise refuse("REQUIRED", "this may not be empty", *field)
    return _checked(tidy, field, longest)


def optional_line(text: str | None, *field: str, longest: int = NAME_LENGTH) -> str | None:
    """Tidy a line of text that may be missing; blank is the same as missing."""
    return line(text, *field, longest=longest) if text and text.strip() else None


def optional_text(text: str | None, *field: str, longest: int) -> str | None:
    """Tidy a text of several lines that may be missing."""
    if not text or not text.strip():
        return None
    return _checked(unicodedata.normalize("NFC", text).replace("\r\n", "\n").strip(), field, longest, allowed="\n\t")


def _checked(text: str, field: tuple[str, ...], longest: int, allowed: str = "") -> str:
    if len(text) > longest:
        raise refuse("TOO_LONG", f"at most {longest} characters fit here; these are {len(text)}", *field)
    # PostgreSQL takes no NUL, and the others break the terminals and exports of those who read them
    if any(unicodedata.category(letter) == "Cc" and letter not in allowed for letter in text):
        raise refuse("INVALID", "control characters are not allowed here", *field)
    return text


def words(text: str) -> list[str]:
    """Give the words of a text in the spelling they are compared in: case-folded, ё as е, without punctuation."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold().replace("ё", "е"))


def search_key(name: str) -> str:
    """Give what a name is found and sorted by: each of its words with a space before it."""
    return "".join(f" {word}" for word in words(name))


def name_key(name: str) -> str:
    """Give what tells a name from another one: all of it but capitals and blanks."""
    return _BLANKS.sub(" ", unicodedata.normalize("NFKC", name)).strip().casefold()
