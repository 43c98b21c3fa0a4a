"""Whole sub-periods of a period, by the calendar: weeks from Monday on, months, quarters."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum


class SubPeriod(StrEnum):
    """What a period is divided into."""

    WEEK = "WEEK"
    MONTH = "MONTH"
    QUARTER = "QUARTER"


def beginning(day: date, of: SubPeriod) -> date:
    """Give the first day of the sub-period that a day lies in."""
    match of:
        case SubPeriod.WEEK:
            return day - timedelta(days=day.weekday())
        case SubPeriod.MONTH:
            return day.replace(day=1)
        case SubPeriod.QUARTER:
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def following(first: date, of: SubPeriod) -> date:
    """Give the first day of the sub-period after the one that begins on a day."""
    if of is SubPeriod.WEEK:
        return first + timedelta(days=7)
    months = first.year * 12 + first.month - 1 + (1 if of is SubPeriod.MONTH else 3)
    return date(months // 12, months % 12 + 1, 1)


def whole_ones(first: date, end: date, of: SubPeriod) -> list[date]:
    """Give the first days of the sub-periods that lie in a period as a whole."""
    begins = beginning(first, of)
    if begins < first:
        begins = following(begins, of)
    found = []
    while (after := following(begins, of)) <= end:
        found.append(begins)
        begins = after
    return found
