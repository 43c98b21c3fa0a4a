"""Quantities that are told of a line: what is in stock, what has left, what came in."""

from __future__ import annotations

from decimal import Decimal

from chassis.errors import refuse
from services.deals.domain.lines import LARGEST_QUANTITY, QUANTITY_DIGITS
from services.deals.domain.percent import shown


def required(quantity: Decimal, *field: str) -> Decimal:
    """Give a quantity of something; raise Refused if it is nothing, less, too much or too fine."""
    if quantity == 0:
        raise refuse("INVALID_QUANTITY", "a quantity is more than 0; leave the line out", *field)
    return allowed(quantity, *field)


def allowed(quantity: Decimal, *field: str) -> Decimal:
    """Give a quantity that may be nothing; raise Refused if it is less, too much or too fine."""
    if not quantity.is_finite() or not 0 <= quantity <= LARGEST_QUANTITY:
        message = f"a quantity is not less than 0 and at most {LARGEST_QUANTITY}; {shown(quantity)} is not"
        raise refuse("INVALID_QUANTITY", message, *field)
    if quantity != round(quantity, QUANTITY_DIGITS):
        message = f"a quantity has at most {QUANTITY_DIGITS} decimal digits; {shown(quantity)} has more"
        raise refuse("INVALID_QUANTITY", message, *field)
    return quantity
