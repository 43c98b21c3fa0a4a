"""Series: what is planned again and again; each time is an interaction, and the next is planned when one has ended."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from services.contacts.domain.plan import Plan, known_zone
from services.contacts.domain.recurrence import Recurrence

_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Series:
    """A rule of RFC 5545 from a first occurrence on; `id` is that of the first interaction."""

    id: UUID
    rule: str
    start: datetime

    @classmethod
    def of(cls, id: UUID, rule: str, plan: Plan) -> Series:
        """Begin a series with a first plan; raise Refused for what is no rule."""
        read = Recurrence.of(rule, plan.start, known_zone(plan.time_zone))
        return cls(id=id, rule=read.rule, start=plan.start)

    def moved_to(self, plan: Plan) -> Series:
        """Give the series as it goes on from another time."""
        return replace(self, start=plan.start)

    def following(self, plan: Plan, now: datetime) -> Plan | None:
        """Plan the occurrence after one; those that passed meanwhile are left out. None where it was the last."""
        at = self._recurrence(plan).after(max(plan.start, now))
        if at is None:
            return None
        zone = known_zone(plan.time_zone)
        if not plan.all_day:
            return Plan.at(at, at + (plan.end - plan.start), zone)
        first = at.astimezone(zone).date()
        days = (plan.end.astimezone(zone).date() - plan.start.astimezone(zone).date()).days
        return Plan.on(first, first + (days - 1) * _DAY, zone)

    def rule_from(self, plan: Plan) -> str:
        """Give the rule of what is left from an occurrence on, with that one the first."""
        parts = dict(part.split("=") for part in self.rule.split(";"))
        if "COUNT" in parts:
            passed = sum(1 for _ in self._recurrence(plan).between(self.start, plan.start))
            parts["COUNT"] = str(int(parts["COUNT"]) - passed)
        return ";".join(f"{name}={value}" for name, value in parts.items())

    def _recurrence(self, plan: Plan) -> Recurrence:
        return Recurrence(rule=self.rule, start=self.start, time_zone=plan.time_zone)
