"""What commands take: texts that people write, products, and moments of those who may say them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints

from chassis.actor import Actor
from chassis.wire import NO_NUL


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

Product = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=NO_NUL)]
Products = Annotated[tuple[Product, ...], Field(max_length=100)]

# beyond these, days of other zones and the ends of days can no more be told
Instant = Annotated[AwareDatetime, Field(ge=datetime(1900, 1, 1, tzinfo=UTC), lt=datetime(3000, 1, 1, tzinfo=UTC))]


def require_import_for(occurred_at: datetime | None, actor: Actor) -> None:
    """Raise Forbidden if someone places a fact in the past who may not."""
    if occurred_at is not None:
        actor.require("import")
