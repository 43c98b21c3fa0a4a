"""Outcomes over time: buckets of the business calendar, and what happened in each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

from chassis.clock import midnight
from chassis.errors import refuse
from services.reporting.domain.ratio import Ratio

MOST_BUCKETS = 1000
BEFORE = -1
"""The bucket of what happened before the first one."""


class Bucket(StrEnum):
    """How long a bucket is, the finest first; weeks begin on Monday."""

    DAY = "DAY"
    WEEK = "WEEK"
    MONTH = "MONTH"
    QUARTER = "QUARTER"
    YEAR = "YEAR"


_MONTHS = {Bucket.MONTH: 1, Bucket.QUARTER: 3, Bucket.YEAR: 12}
_DAYS = {Bucket.DAY: 1, Bucket.WEEK: 7}


@dataclass(frozen=True, slots=True, kw_only=True)
class Buckets:
    """A period cut where the calendar begins a new bucket; the first and the last may be shorter than the others."""

    days: Sequence[date]
    zone: ZoneInfo

    @classmethod
    def of(cls, first: date, end: date, bucket: Bucket, zone: ZoneInfo) -> Buckets:
        """Cut a period; raise Refused with TOO_MANY_BUCKETS, naming a bucket that is long enough."""
        count = _count(first, end, bucket)
        if count > MOST_BUCKETS:
            longer = next((one for one in Bucket if _count(first, end, one) <= MOST_BUCKETS), None)
            advice = f"ask by {longer}, or for a shorter period" if longer else "ask for a shorter period"
            message = f"the period has {count} buckets of a {bucket}; at most {MOST_BUCKETS} are given: {advice}"
            raise refuse("TOO_MANY_BUCKETS", message, "bucket")
        starts = [_start(_place(first, bucket) + step, bucket) for step in range(count)]
        return cls(days=[first, *starts[1:], end] if count else [first], zone=zone)

    @property
    def bounds(self) -> list[datetime]:
        """Give the instants at which each begins, and at last the one at which the last ends."""
        return [midnight(day, self.zone) for day in self.days]


class Turn(StrEnum):
    """What changes how many deals are in progress, and what stays of it."""

    OPENED = "OPENED"
    WON = "WON"
    LOST = "LOST"
    ENDED = "ENDED"
    REOPENED = "REOPENED"


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnCell:
    """How many deals took a turn in a bucket, and what they are worth (minor units).

    WON and LOST are the closes that still hold at the moment of the report; ENDED and REOPENED are all that ever happened.
    """

    bucket: int
    turn: Turn
    deals: int
    base: int = 0
    unconverted: int = 0


@dataclass(slots=True, kw_only=True)
class TimeRow:
    """What happened in a bucket of days, the last one excluded; `in_progress` is at its end, None before it has begun."""

    first: date
    end: date
    opened: int = 0
    won: int = 0
    lost: int = 0
    opened_amount: int = 0
    won_amount: int = 0
    lost_amount: int = 0
    unconverted: int = 0
    in_progress: int | None = None

    @property
    def win_rate(self) -> Ratio:
        """Give the share of the won among the closed."""
        return Ratio(numerator=self.won, denominator=self.won + self.lost)

    @property
    def win_rate_by_amount(self) -> Ratio:
        """Give the share of what was won of the amounts that were closed."""
        return Ratio(numerator=self.won_amount, denominator=self.won_amount + self.lost_amount)


def over_time(buckets: Buckets, cells: Iterable[TurnCell], as_of: datetime) -> list[TimeRow]:
    """Work out a row for each bucket."""
    rows = [TimeRow(first=first, end=end) for first, end in pairwise(buckets.days)]
    more = [0] * (len(rows) + 1)
    for cell in cells:
        if cell.turn in (Turn.OPENED, Turn.REOPENED):
            more[cell.bucket + 1] += cell.deals
        elif cell.turn is Turn.ENDED:
            more[cell.bucket + 1] -= cell.deals
        if cell.bucket != BEFORE:
            _count_turn(rows[cell.bucket], cell)
    there = more[0]
    for row, start, change in zip(rows, buckets.bounds[:-1], more[1:], strict=True):
        there += change
        row.in_progress = there if start <= as_of else None
    return rows


def _count_turn(row: TimeRow, cell: TurnCell) -> None:
    match cell.turn:
        case Turn.OPENED:
            row.opened += cell.deals
            row.opened_amount += cell.base
        case Turn.WON:
            row.won += cell.deals
            row.won_amount += cell.base
            row.unconverted += cell.unconverted
        case Turn.LOST:
            row.lost += cell.deals
            row.lost_amount += cell.base
            row.unconverted += cell.unconverted


def _count(first: date, end: date, bucket: Bucket) -> int:
    return _place(end - timedelta(days=1), bucket) - _place(first, bucket) + 1 if first < end else 0


def _place(day: date, bucket: Bucket) -> int:
    """Number the buckets of the calendar from the beginning of our era."""
    if bucket in _DAYS:
        return (day.toordinal() - 1) // _DAYS[bucket]  # the first day of our era was a Monday
    return (day.year * 12 + day.month - 1) // _MONTHS[bucket]


def _start(place: int, bucket: Bucket) -> date:
    if bucket in _DAYS:
        return date.fromordinal(max(1, place * _DAYS[bucket] + 1))
    month = place * _MONTHS[bucket]
    return date(max(1, month // 12), month % 12 + 1, 1)
