"""Spans of time that make up a period of whole months."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from services.reporting.domain.period import ALL_TIME, Months, month_number, month_of

_MANY_MONTHS = 1200


class Spans:
    """Names spans; where a period is open, or very long, `ranges` select the first and the last instant that matter."""

    def __init__(self, connection: sa.Connection, zone: ZoneInfo) -> None:
        self._connection = connection
        self._zone = zone

    def fewest(self, months: Months, ranges: Sequence[sa.Select[Any]]) -> Sequence[str]:
        """Name the fewest spans."""
        if months.are_all:
            return [ALL_TIME]
        known = months
        if months.first is None or months.end is None or months.end - months.first > _MANY_MONTHS:
            known = self._closed(months, ranges)
        return known.spans()

    def single(self, months: Months, ranges: Sequence[sa.Select[Any]]) -> Sequence[str]:
        """Name the months."""
        return self._closed(months, ranges).single()

    def _closed(self, months: Months, ranges: Sequence[sa.Select[Any]]) -> Months:
        found = [row for one in ranges for row in self._connection.execute(one) if row[0] is not None]
        if not found:
            return Months(first=0, end=0)
        return months.within(self._month(min(row[0] for row in found)), self._month(max(row[1] for row in found)))

    def _month(self, instant: datetime) -> int:
        return month_number(month_of(instant, self._zone))


def extent(column: sa.Column[Any], *conditions: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """Select the first and the last instant in a column."""
    return sa.select(sa.func.min(column), sa.func.max(column)).where(*conditions)
