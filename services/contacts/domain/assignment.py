"""Assignment: to which manager a new partner goes that comes without one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from chassis.errors import refuse
from services.contacts.domain.partner import Partner, Role
from services.contacts.domain.problems import Problems
from services.contacts.domain.tax_id import known_country
from services.contacts.domain.text import line, name_key

_MOST_RULES = 100
_MOST_VALUES = 100


@dataclass(frozen=True, kw_only=True)
class AssignmentRule:
    """Partners in any of the roles, from any of the sources and countries go to a manager, or to a team by turns.

    A list that is None does not narrow; a rule without any takes all that come to it.
    """

    roles: tuple[Role, ...] | None = None
    sources: tuple[str, ...] | None = None
    countries: tuple[str, ...] | None = None
    manager_id: UUID | None = None
    team_id: UUID | None = None

    def checked(self) -> AssignmentRule:
        """Give the rule in its one spelling; raise Refused with all that does not fit."""
        problems, sources, countries = Problems(), self.sources, self.countries
        with problems.under():
            if (self.manager_id is None) == (self.team_id is None):
                raise refuse("REQUIRED", "a rule names a manager, or a team for turns, and not both", "manager")
        for name in ("roles", "sources", "countries"):
            with problems.under():
                _check_length(getattr(self, name), name)
        with problems.under("sources"):
            sources = tuple(line(one, longest=200) for one in sources[:_MOST_VALUES]) if sources is not None else None
        with problems.under("countries"):
            if countries is not None:
                countries = tuple(known_country(one) for one in countries[:_MOST_VALUES])
        problems.settle()
        return replace(self, sources=sources, countries=countries)

    def takes(self, partner: Partner, countries: Collection[str]) -> bool:
        """Tell whether a new partner, whose legal entities are of some countries, goes by this rule."""
        sources = None if self.sources is None else {name_key(source) for source in self.sources}
        return (
            (self.roles is None or bool(partner.roles.intersection(self.roles)))
            and (sources is None or (partner.source is not None and name_key(partner.source) in sources))
            and (self.countries is None or bool(set(countries).intersection(self.countries)))
        )


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """All rules, in the order in which they are asked."""

    version: int = 0
    rules: tuple[AssignmentRule, ...] = field(default_factory=tuple)

    def ruled_by(self, rules: Sequence[AssignmentRule]) -> Assignment:
        """Put other rules in the place of these; raise Refused with all that does not fit."""
        problems, checked = Problems(), []
        with problems.under("rules"):
            if len(rules) > _MOST_RULES:
                raise refuse("TOO_MANY", f"at most {_MOST_RULES} rules fit; these are {len(rules)}")
        for place, rule in enumerate(rules[:_MOST_RULES]):
            with problems.under("rules", place):
                checked.append(rule.checked())
        problems.settle()
        return replace(self, version=self.version + 1, rules=tuple(checked))


def next_turn(managers: Sequence[UUID], last: UUID | None) -> UUID | None:
    """Give whose turn it is in a team: who comes after the last one, in its order; None where nobody is."""
    if not managers:
        return None
    place = managers.index(last) + 1 if last in managers else 0
    return managers[place % len(managers)]


def _check_length(values: Sequence[object] | None, name: str) -> None:
    if values is not None and not 1 <= len(values) <= _MOST_VALUES:
        raise refuse("INVALID", f"name 1 to {_MOST_VALUES}, or leave it out where it does not matter", name)
