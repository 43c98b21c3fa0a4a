"""Percentages: 0 to 100, with at most four decimal digits."""

from __future__ import annotations

from decimal import Decimal

from chassis.errors import Problem

PERCENT_DIGITS = 4
"""Decimal digits that a percentage may have; so a percentage is a whole number of parts per million."""

PARTS = 100 * 10**PERCENT_DIGITS
"""How many parts there are in a whole."""


def percent_problems(what: str, percent: Decimal | None, code: str, *field: str) -> tuple[Problem, ...]:
    """Say what is wrong with a percentage, if anything: `percent_problems("a discount", percent, …)`."""
    if percent is None:
        return ()
    if not percent.is_finite() or not 0 <= percent <= 100:
        message = f"{what} is 0 to 100 percent; {shown(percent)} is not"
    elif percent != round(percent, PERCENT_DIGITS):
        message = f"{what} has at most {PERCENT_DIGITS} decimal digits; {shown(percent)} has more"
    else:
        return ()
    return (Problem(code=code, message=message, field=field),)


def parts_of(percent: Decimal) -> int:
    """Give a percentage as parts per million: 12.5 is 125,000."""
    return int(percent.scaleb(PERCENT_DIGITS))


def percent_of(parts: int) -> Decimal:
    """Give the percentage of parts per million."""
    return Decimal(parts).scaleb(-PERCENT_DIGITS)


def shown(number: Decimal) -> str:
    """Write a number of any length for a message."""
    text = str(number)
    return text if len(text) <= 40 else f"{text[:40]}…"
