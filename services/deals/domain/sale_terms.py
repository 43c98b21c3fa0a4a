"""Sale terms: on what a client buys; while they are effective the client is classified."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from chassis.errors import Problem, Refused
from chassis.ids import new_id
from chassis.money import minor_digits
from services.deals.domain.kinds import SALE_TERMS
from services.deals.domain.lines import Line
from services.deals.domain.percent import percent_problems


@dataclass(frozen=True, kw_only=True)
class SaleTerms:
    """Terms for a whole client, or (with `deal_id`) for one deal; `valid_to` is the last day, None is without end."""

    id: UUID
    partner_id: UUID
    deal_id: UUID | None
    currency: str
    valid_from: date
    valid_to: date | None
    discount_percent: Decimal | None

    @classmethod
    def register(
        cls,
        *,
        partner_id: UUID,
        deal_id: UUID | None,
        currency: str,
        valid_from: date,
        valid_to: date | None,
        discount_percent: Decimal | None,
    ) -> SaleTerms:
        """Make new terms; raise Refused, naming everything that is wrong with them."""
        problems = [
            *_currency(currency),
            *_validity(valid_from, valid_to),
            *percent_problems("a discount", discount_percent, "INVALID_DISCOUNT", "discountPercent"),
        ]
        if problems:
            raise Refused(*problems)
        return cls(
            id=new_id(SALE_TERMS),
            partner_id=partner_id,
            deal_id=deal_id,
            currency=currency,
            valid_from=valid_from,
            valid_to=valid_to,
            discount_percent=discount_percent,
        )

    def effective_on(self, day: date) -> bool:
        """Tell whether the terms are in force on a business day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def require_kept(self, lines: Sequence[Line]) -> None:
        """Raise Refused, naming the lines, where what is offered is not in the currency of the terms."""
        problems = [
            Problem(
                code="CURRENCY_MISMATCH",
                message=f"the sale terms in force are in {self.currency}; this line is in {line.price.currency}",
                field=("lines", str(place), "price", "currency"),
            )
            for place, line in enumerate(lines)
            if line.price.currency != self.currency
        ]
        if problems:
            raise Refused(*problems)


def _currency(currency: str) -> tuple[Problem, ...]:
    try:
        minor_digits(currency)
    except Refused as error:
        return error.problems
    return ()


def _validity(valid_from: date, valid_to: date | None) -> tuple[Problem, ...]:
    if valid_to is None or valid_from <= valid_to:
        return ()
    message = f"the last day, {valid_to}, is before the first, {valid_from}"
    return (Problem(code="INVALID_VALIDITY", message=message, field=("validTo",)),)
