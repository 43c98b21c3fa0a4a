"""Lines of documents, as they are put in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from services.deals.commands.inputs import AmountInput, Product
from services.deals.domain.lines import Line, each_made

MOST_LINES = 500


@dataclass(frozen=True, kw_only=True)
class LineInput:
    """A line: what, how much of it, the price of one, and what comes off or on."""

    product: Product
    quantity: Decimal
    price: AmountInput
    discount_percent: Decimal | None = None
    tax_percent: Decimal | None = None


Lines = Annotated[tuple[LineInput, ...], Field(max_length=MOST_LINES)]


def lines_of(given: Sequence[LineInput], *path: str, tax_included: bool = False) -> tuple[Line, ...]:
    """Make the lines; raise Refused with everything that is wrong with any of them, under the path they came by."""
    return each_made(
        given,
        lambda one: Line.of(
            product=one.product,
            quantity=one.quantity,
            price=one.price.amount,
            currency=one.price.currency,
            discount_percent=one.discount_percent,
            tax_percent=one.tax_percent,
            tax_included=tax_included,
        ),
        *path,
    )
