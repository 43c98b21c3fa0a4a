"""Plan against fact: what managers and teams were to achieve, and what they did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.reporting.domain.period import day_of_month
from services.reporting.domain.ratio import Ratio


class Measure(StrEnum):
    """What a target counts."""

    WON_AMOUNT = "WON_AMOUNT"
    WON_COUNT = "WON_COUNT"
    INTERACTIONS = "INTERACTIONS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A target of a manager or a team, for the months from `first` on and before `end`; `value` is minor units or a count."""

    owner_id: UUID
    of_team: bool
    measure: Measure
    first: int
    end: int
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FactCell:
    """What a manager achieved in some months; `unconverted` counts what is missing for want of a rate."""

    manager_id: UUID
    first: int
    end: int
    value: int
    unconverted: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """What was planned for an owner in those months that have a target, and what was achieved in the same months.

    `uncovered` are the days of the period that have none, from the first to the first after them.
    """

    owner_id: UUID
    of_team: bool
    measure: Measure
    planned: int
    fact: int
    unconverted: int
    uncovered: Sequence[tuple[date, date]]

    @property
    def attainment(self) -> Ratio:
        """Give what part of the plan was fulfilled."""
        return Ratio(numerator=self.fact, denominator=self.planned)

    @property
    def uncovered_days(self) -> int:
        """Give how many days of the period have no target."""
        return sum((end - first).days for first, end in self.uncovered)


def chosen(targets: Iterable[Target]) -> list[Target]:
    """Choose the targets of one owner and measure that count: the longest, and of the rest those for other months.

    Months, quarters and years lie within each other or apart, so that no month is planned twice.
    """
    found: list[Target] = []
    for target in sorted(targets, key=lambda one: (one.first - one.end, one.first)):
        if all(target.end <= other.first or other.end <= target.first for other in found):
            found.append(target)
    return sorted(found, key=lambda one: one.first)


def plan_rows(
    targets: Iterable[Target],
    facts: Mapping[Measure, Sequence[FactCell]],
    members: Mapping[UUID, frozenset[UUID]],
    first: date | None,
    end: date | None,
) -> list[PlanRow]:
    """Compare targets, which lie within a period of days, with facts; an open side reaches as far as the targets do.

    Facts of a target's months are in no larger cells than the target. `members` are those of each team and the teams below it.
    """
    of: dict[tuple[bool, UUID, Measure], list[Target]] = defaultdict(list)
    for target in targets:
        of[target.of_team, target.owner_id, target.measure].append(target)
    rows = []
    for (of_team, owner_id, measure), mine in sorted(of.items()):
        counted = chosen(mine)
        whose = members[owner_id] if of_team else {owner_id}
        cells = [
            cell
            for cell in facts[measure]
            if cell.manager_id in whose and any(one.first <= cell.first and cell.end <= one.end for one in counted)
        ]
        rows.append(
            PlanRow(
                owner_id=owner_id,
                of_team=of_team,
                measure=measure,
                planned=sum(one.value for one in counted),
                fact=sum(cell.value for cell in cells),
                unconverted=sum(cell.unconverted for cell in cells),
                uncovered=_uncovered(counted, first, end),
            )
        )
    return rows


def _uncovered(counted: Sequence[Target], first: date | None, end: date | None) -> list[tuple[date, date]]:
    last, found = first or day_of_month(counted[0].first), []
    for target in counted:
        if last < day_of_month(target.first):
            found.append((last, day_of_month(target.first)))
        last = day_of_month(target.end)
    return [*found, (last, end)] if end is not None and last < end else found
