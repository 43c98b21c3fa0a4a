"""Segments: named sets of partners, put together by hand or by a rule."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from chassis.errors import refuse
from chassis.ids import new_id
from services.contacts.domain.kinds import SEGMENT
from services.contacts.domain.partner import Role
from services.contacts.domain.problems import Problems
from services.contacts.domain.tax_id import known_country
from services.contacts.domain.text import line

MOST_CONDITIONS = 20
_MOST_VALUES = 100
_MOST_DAYS = 3660


class Match(StrEnum):
    """Whether a partner has to meet all conditions of a rule, or any one."""

    ALL = "ALL"
    ANY = "ANY"


@dataclass(frozen=True, kw_only=True)
class Condition:
    """One thing that is asked of a partner: exactly one of the fields is given.

    `roles`, `sources`, `countries` (of a legal entity), `manager_ids` and `team_ids` (of the manager) name the values that
    will do; `open_interest` asks for an interest that is open, or for none; the others ask when something was last said:
    within so many days, or not within them, which is also so where nothing ever was.
    """

    roles: tuple[Role, ...] | None = None
    manager_ids: tuple[UUID, ...] | None = None
    team_ids: tuple[UUID, ...] | None = None
    sources: tuple[str, ...] | None = None
    countries: tuple[str, ...] | None = None
    open_interest: bool | None = None
    last_interaction_within_days: int | None = None
    no_interaction_within_days: int | None = None

    def checked(self) -> Condition:
        """Give the condition in its one spelling; raise Refused unless it asks for one thing that can be."""
        given = {name: value for name, value in vars(self).items() if value is not None}
        if len(given) != 1:
            names = "roles, managers, teams, sources, countries, openInterest, lastInteractionWithinDays and noInteractionWithinDays"
            raise refuse("REQUIRED" if not given else "INVALID", f"a condition gives exactly one of {names}")
        ((name, value),) = given.items()
        field = _API_NAMES.get(name, name)
        if isinstance(value, tuple):
            values: dict[str, Any] = {name: _values(name, value, field)}
            return replace(self, **values)
        if not isinstance(value, bool) and not 1 <= value <= _MOST_DAYS:
            raise refuse("INVALID", f"days are 1 to {_MOST_DAYS}; {value} were given", field)
        return self

    @property
    def depends_on_time(self) -> bool:
        """Whether it comes to hold, or not to hold, by the mere passing of days."""
        return self.last_interaction_within_days is not None or self.no_interaction_within_days is not None


_API_NAMES = {
    "manager_ids": "managers",
    "team_ids": "teams",
    "last_interaction_within_days": "lastInteractionWithinDays",
    "no_interaction_within_days": "noInteractionWithinDays",
}


def _values(name: str, values: tuple[Any, ...], field: str) -> tuple[Any, ...]:
    if not values:
        raise refuse("REQUIRED", "name at least one", field)
    if len(values) > _MOST_VALUES:
        raise refuse("TOO_MANY", f"at most {_MOST_VALUES} fit here; these are {len(values)}", field)
    if name == "countries":
        values = tuple(known_country(value, field) for value in values)
    if name == "sources":
        values = tuple(line(value, field, longest=200) for value in values)
    return tuple(dict.fromkeys(values))


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What makes partners members by itself."""

    match: Match = Match.ALL
    conditions: tuple[Condition, ...] = field(default_factory=tuple)

    def checked(self) -> Rule:
        """Give the rule in its one spelling; raise Refused with all conditions that do not fit."""
        problems, conditions = Problems(), []
        with problems.under("conditions"):
            if not 1 <= len(self.conditions) <= MOST_CONDITIONS:
                raise refuse(
                    "INVALID", f"a rule has 1 to {MOST_CONDITIONS} conditions; this has {len(self.conditions)}"
                )
        for place, condition in enumerate(self.conditions[:MOST_CONDITIONS]):
            with problems.under("conditions", place):
                conditions.append(condition.checked())
        problems.settle()
        return replace(self, conditions=tuple(conditions))

    @property
    def depends_on_time(self) -> bool:
        """Whether its members change by the mere passing of days."""
        return any(condition.depends_on_time for condition in self.conditions)


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A named set of partners; without a rule its members are named by hand.

    `sequence` counts all that is told of it, also members that come and go; `version` only what people changed of itself.
    """

    id: UUID
    version: int
    sequence: int
    name: str
    rule: Rule | None

    @classmethod
    def register(cls, name: str, rule: Rule | None) -> Segment:
        """Make a new segment without members; raise Refused with all that does not fit."""
        problems, checked, tidy = Problems(), None, ""
        with problems.under():
            tidy = line(name, "name")
        with problems.under("rule"):
            checked = rule.checked() if rule is not None else None
        problems.settle()
        return cls(id=new_id(SEGMENT), version=1, sequence=1, name=tidy, rule=checked)

    def renamed(self, name: str) -> Segment:
        """Give the segment another name."""
        return replace(self, name=line(name, "name"))

    def ruled_by(self, rule: Rule) -> Segment:
        """Give the segment another rule; raise Refused if its members are named by hand, or with all that does not fit."""
        if self.rule is None:
            message = "the members of this segment are named by hand; register another segment for a rule"
            raise refuse("NAMED_BY_HAND", message, "rule")
        problems, checked = Problems(), self.rule
        with problems.under("rule"):
            checked = rule.checked()
        problems.settle()
        return replace(self, rule=checked)

    def require_by_hand(self) -> None:
        """Raise Refused if a rule says who the members are."""
        if self.rule is not None:
            message = "a rule says who belongs to this segment; change the rule, or the partners"
            raise refuse("RULED", message, "segment")

    def told(self) -> Segment:
        """Count one thing more that is told of the segment."""
        return replace(self, sequence=self.sequence + 1)

    def changed(self) -> Segment:
        """Count one change by people."""
        return replace(self.told(), version=self.version + 1)
