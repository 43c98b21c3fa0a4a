"""What several commands take: texts within their bounds, amounts, references to other systems."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AwareDatetime, Field, StringConstraints

from chassis.actor import Actor
from chassis.wire import NO_NUL
from services.deals.domain.amount import Amount
from services.deals.domain.external_ref import ExternalRef

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500, pattern=NO_NUL)]
Product = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=NO_NUL)]
Products = Annotated[tuple[Product, ...], Field(max_length=100)]
DocumentNumber = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=NO_NUL)]
Remark = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000, pattern=NO_NUL)]
Description = Annotated[str, StringConstraints(strip_whitespace=True, max_length=5000, pattern=NO_NUL)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000, pattern=NO_NUL)]
"""Why someone did what leaves a deal standing otherwise, as a sentence for its history."""
# beyond these, days of other zones and the ends of days can no more be told
Instant = Annotated[AwareDatetime, Field(ge=datetime(1900, 1, 1, tzinfo=UTC), lt=datetime(3000, 1, 1, tzinfo=UTC))]
Day = Annotated[date, Field(ge=date(1900, 1, 1), lt=date(3000, 1, 1))]
ListKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,49}$")]
ListName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=NO_NUL)]
Place = Annotated[int, Field(ge=1, le=10_000)]
"""A place in a managed list, counted from 1; one beyond its end is the last."""

UNSET: Any = object()
"""The default of a field that a change leaves as it is: null would take the value away."""


@dataclass(frozen=True, kw_only=True)
class AmountInput:
    """Money, as it is put in."""

    amount: Decimal
    currency: str

    def in_base(self, base_currency: str) -> Amount:
        """Make the amount, with what it is in the base currency; raise Refused if it is none."""
        return Amount.of(self.amount, self.currency, base_currency)


@dataclass(frozen=True, kw_only=True)
class ExternalRefInput:
    """What another system calls a thing."""

    system: Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=NO_NUL)]
    id: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NO_NUL)]

    def to_domain(self) -> ExternalRef:
        """Give the reference to the domain."""
        return ExternalRef(system=self.system, id=self.id)


def require_import_for(occurred_at: Instant | None, actor: Actor) -> None:
    """Raise Forbidden if someone places a fact in the past who may not."""
    if occurred_at is not None:
        actor.require("import")
