"""Recurrence: the rules of RFC 5545 (RRULE), read by the clock on the wall of a time zone."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import takewhile
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rruleset, rrulestr

from chassis.errors import refuse
from services.contacts.domain.plan import known_zone

FURTHEST = timedelta(days=30 * 366)
"""A rule without an end goes on for so long."""

_LONGEST_RULE = 500
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_PARTS = frozenset(
    {
        "FREQ",
        "INTERVAL",
        "COUNT",
        "UNTIL",
        "WKST",
        "BYDAY",
        "BYMONTHDAY",
        "BYYEARDAY",
        "BYWEEKNO",
        "BYMONTH",
        "BYSETPOS",
    }
)
_LEAP = 2024
_MOST_COUNTED = 10_000
_LARGEST_INTERVAL = 1000


@dataclass(frozen=True, kw_only=True)
class Recurrence:
    """A rule from a first moment on, by the wall clock of a zone; the first moment is always an occurrence (RFC 5545, 3.8.5.3).

    A local time that a change of the clocks skips is read with the offset from before it (3.3.5): 02:30 becomes 03:30; one that
    comes twice is the first of the two.
    """

    rule: str
    start: datetime
    time_zone: str

    @classmethod
    def of(cls, rule: str, start: datetime, zone: ZoneInfo) -> Recurrence:
        """Read a rule, as `FREQ=WEEKLY;BYDAY=MO,TH`; raise Refused for what is none, or recurs within a day."""
        text = rule.strip().upper().removeprefix("RRULE:")
        parts = _parts(text)
        if parts.get("FREQ") not in _FREQUENCIES:
            raise _wrong(f"FREQ is one of {', '.join(_FREQUENCIES)}")
        if "COUNT" in parts and "UNTIL" in parts:
            raise _wrong("COUNT and UNTIL exclude each other")
        for name, largest in (("COUNT", _MOST_COUNTED), ("INTERVAL", _LARGEST_INTERVAL)):
            if name in parts and not (
                parts[name].isascii() and parts[name].isdigit() and 1 <= int(parts[name]) <= largest
            ):
                raise _wrong(f"{name} is a whole number from 1 to {largest}")
        _check_days(parts)
        made = cls(rule=text, start=start.astimezone(UTC), time_zone=zone.key)
        try:
            made._local  # noqa: B018 (the library reads the rule here)
        except (ValueError, TypeError, KeyError, IndexError) as error:
            raise _wrong(str(error)) from None
        return made

    def after(self, moment: datetime) -> datetime | None:
        """Give the first occurrence after a moment, in UTC; None when there is none any more."""
        return next((at for at in self._from(moment) if at > moment), None)

    def between(self, first: datetime, last: datetime) -> Iterator[datetime]:
        """Give the occurrences with first ≤ t < last, in UTC."""
        return takewhile(lambda at: at < last, (at for at in self._from(first) if at >= first))

    def holds(self, moment: datetime) -> bool:
        """Tell whether a moment is an occurrence."""
        return self.after(moment - timedelta(microseconds=1)) == moment.astimezone(UTC)

    def _from(self, moment: datetime) -> Iterator[datetime]:
        """Give the occurrences from a while before a moment on: where the clocks change, local times do not tell how long."""
        local = moment.astimezone(self._zone).replace(tzinfo=None) - timedelta(hours=3)
        return map(self._instant, self._local.xafter(local, inc=True))

    @cached_property
    def _zone(self) -> ZoneInfo:
        return known_zone(self.time_zone)

    @cached_property
    def _first(self) -> datetime:
        return self.start.astimezone(self._zone).replace(tzinfo=None)

    @cached_property
    def _local(self) -> rruleset:
        read = rrulestr(self._with_local_until(), dtstart=self._first)
        if not isinstance(read, rrule):
            raise ValueError("it is one rule, without dates of its own")
        occurrences = rruleset()
        occurrences.rrule(read)
        occurrences.rdate(self._first)
        return occurrences

    def _with_local_until(self) -> str:
        """Give the rule with its end by the wall clock: the library compares it with local times."""
        parts = _parts(self.rule)
        until = parts.get("UNTIL", "")
        if until.endswith("Z"):
            end = datetime.strptime(until, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
            parts["UNTIL"] = end.astimezone(self._zone).strftime("%Y%m%dT%H%M%S")
        elif until and "T" not in until:
            parts["UNTIL"] = f"{until}T235959"  # a date includes its day
        elif not until and "COUNT" not in parts:
            parts["UNTIL"] = (self.start + FURTHEST).strftime("%Y%m%dT%H%M%S")
        return ";".join(f"{name}={value}" for name, value in parts.items())

    def _instant(self, local: datetime) -> datetime:
        if local == self._first:
            return self.start  # which may be the second of two equal local times
        return local.replace(tzinfo=self._zone, fold=0).astimezone(UTC)


def _parts(text: str) -> dict[str, str]:
    if len(text) > _LONGEST_RULE:
        raise _wrong(f"a rule has at most {_LONGEST_RULE} characters")
    parts: dict[str, str] = {}
    for part in text.split(";"):
        name, equals, value = part.partition("=")
        if not equals or not value or name not in _PARTS or name in parts:
            raise _wrong(f"{part[:40]!r} is no part of a rule here; there are {', '.join(sorted(_PARTS))}, each once")
        parts[name] = value
    return parts


def _check_days(parts: dict[str, str]) -> None:
    """Refuse days that no year has: the library would look for them up to the year 9999, for seconds."""
    if ("BYYEARDAY" in parts or "BYWEEKNO" in parts) and ("BYMONTH" in parts or "BYMONTHDAY" in parts):
        raise _wrong("days of the year or weeks are not combined with months or their days")
    months = _numbers(parts, "BYMONTH", 12) or range(1, 13)
    days = _numbers(parts, "BYMONTHDAY", 31)
    if days and not any(abs(day) <= monthrange(_LEAP, abs(month))[1] for month in months for day in days):
        raise _wrong("these months do not have these days")
    if parts["FREQ"] == "DAILY" and int(parts.get("INTERVAL", "1")) % 7 == 0 and "BYDAY" in parts:
        raise _wrong("every so many whole weeks is FREQ=WEEKLY")
    _numbers(parts, "BYSETPOS", 5)


def _numbers(parts: dict[str, str], name: str, largest: int) -> list[int]:
    if name not in parts:
        return []
    try:
        numbers = [int(number) for number in parts[name].split(",")]
    except ValueError:
        raise _wrong(f"{name} lists numbers") from None
    if not all(1 <= abs(number) <= largest for number in numbers):
        raise _wrong(f"{name} lists numbers from 1 to {largest}, or from the end as -1")
    return numbers


def _wrong(why: str) -> Exception:
    return refuse(
        "INVALID_RECURRENCE", f"a recurrence is an RRULE of RFC 5545, as FREQ=WEEKLY;BYDAY=MO: {why}", "recurrence"
    )
