"""When someone is to be reminded: so long before each occurrence of something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from chassis.errors import refuse
from services.contacts.domain.plan import known_zone
from services.contacts.domain.recurrence import Recurrence

LONGEST_BEFORE = timedelta(days=366)


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """Occurrences from a first one on, once or by a rule of RFC 5545 in a time zone, each told of `before` it comes."""

    start: datetime
    before: timedelta
    rule: str | None
    time_zone: str

    @classmethod
    def of(
        cls, start: datetime, zone: ZoneInfo, *, before: timedelta = timedelta(0), rule: str | None = None
    ) -> Schedule:
        """Make a schedule; raise Refused for what is no rule, or longer ahead than a year."""
        if not timedelta(0) <= before <= LONGEST_BEFORE:
            raise refuse("INVALID", f"one is reminded 0 to {LONGEST_BEFORE.days} days ahead", "minutesBefore")
        read = Recurrence.of(rule, start, zone).rule if rule else None
        return cls(start=start, before=before, rule=read, time_zone=zone.key)

    def moved_to(self, start: datetime) -> Schedule:
        """Give the same schedule from another first occurrence on."""
        return replace(self, start=start)

    def after(self, moment: datetime) -> datetime | None:
        """Give the first occurrence after a moment; None when there is none any more."""
        if self._recurrence is None:
            return self.start if self.start > moment else None
        return self._recurrence.after(moment)

    def between(self, first: datetime, last: datetime) -> Iterator[datetime]:
        """Give the occurrences with first ≤ t < last."""
        if self._recurrence is not None:
            yield from self._recurrence.between(first, last)
        elif first <= self.start < last:
            yield self.start

    def moment_of(self, occurrence: datetime) -> datetime:
        """Tell when to remind of an occurrence."""
        return occurrence - self.before

    @cached_property
    def _recurrence(self) -> Recurrence | None:
        if self.rule is None:
            return None
        return Recurrence(rule=self.rule, start=self.start, time_zone=known_zone(self.time_zone).key)
