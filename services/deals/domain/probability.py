"""The chance of winning a deal, where its people know better than its stage."""

from __future__ import annotations

from decimal import Decimal

from chassis.errors import refuse
from services.deals.domain.percent import shown

PROBABILITY_DIGITS = 4
"""Decimal digits that a probability may have."""


def probability(chance: Decimal | None) -> Decimal | None:
    """Give a chance in its shortest spelling; raise Refused unless it is 0 to 1, with at most four decimal digits."""
    if chance is None:
        return None
    if not chance.is_finite() or not 0 <= chance <= 1:
        message = f"a probability is from 0 to 1; {shown(chance)} is not"
    elif chance != round(chance, PROBABILITY_DIGITS):
        message = f"a probability has at most {PROBABILITY_DIGITS} decimal digits; {shown(chance)} has more"
    else:
        return Decimal(text_of(chance))
    raise refuse("INVALID_PROBABILITY", message, "probability")


def text_of(chance: Decimal) -> str:
    """Write a probability as it is stored: 0.35, without zeros at its end."""
    return format(chance.normalize(), "f") if chance else "0"
