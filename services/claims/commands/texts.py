"""Texts that people write, as commands take them."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, StringConstraints


def _storable(text: str) -> str:
    # PostgreSQL keeps every character but this one
    if "\x00" in text:
        raise ValueError("holds a NUL character; leave it out")
    return text


Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(_storable)]
"""One line that says something."""

Words = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000), AfterValidator(_storable)
]
"""As many words as it takes."""
