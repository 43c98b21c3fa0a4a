"""What is told of interests: that someone asked for something, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from chassis.events import Published
from services.contacts.domain.interest import Interest, InterestStatus


@dataclass(frozen=True, kw_only=True)
class AmountTold:
    """Money in an event."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, kw_only=True)
class InterestRegistered(Published, type="interest.registered", subject="interest_id"):
    """A partner asked for something; `amount` is what it is worth, where that is known."""

    interest_id: UUID
    partner_id: UUID
    source: str | None
    amount: AmountTold | None

    @classmethod
    def of(cls, interest: Interest) -> InterestRegistered:
        """Tell of a new interest."""
        money = interest.amount
        return cls(
            sequence=interest.version,
            occurred_at=interest.occurred_at,
            interest_id=interest.id,
            partner_id=interest.partner_id,
            source=interest.source,
            amount=AmountTold(amount=money.amount, currency=money.currency) if money else None,
        )


@dataclass(frozen=True, kw_only=True)
class InterestClosed(Published, type="interest.closed", subject="interest_id"):
    """What a partner asked for was sold to them, or will not be."""

    interest_id: UUID
    partner_id: UUID
    status: InterestStatus

    @classmethod
    def of(cls, interest: Interest, at: datetime) -> InterestClosed:
        """Tell what became of an interest."""
        return cls(
            sequence=interest.version,
            occurred_at=at,
            interest_id=interest.id,
            partner_id=interest.partner_id,
            status=interest.status,
        )
