"""Managers' results, credited to whoever owned the deal when it happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from services.reporting.domain.deals.history import Outcome
from services.reporting.domain.deals.outcomes import OutcomeCell
from services.reporting.domain.percentiles import median, p90
from services.reporting.domain.ratio import Ratio
from services.reporting.domain.spread import SpreadCell

_SECOND = timedelta(seconds=1) // timedelta(microseconds=1)
_DAY = timedelta(days=1) // timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimCell:
    """How many claims a manager resolved; `in_time` are those of `with_target` that met it. Of those `answered` first that had a target too."""

    manager_id: str | None
    claims: int
    with_target: int
    in_time: int
    answered: int
    answered_in_time: int


@dataclass(frozen=True, slots=True)
class InteractionCell:
    """In how many interactions of a kind and direction a manager took part."""

    manager_id: str
    kind: str
    direction: str
    interactions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskCell:
    """Tasks of a manager: `overdue` are those that should be done by now.

    Of the tasks due in the period `in_time` are done by when they were due, `late` after that, `missed` are overdue.
    """

    manager_id: str
    overdue: int
    in_time: int
    late: int
    missed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseCell:
    """How many clients a manager let wait who were answered, how long at the places looked at (business time, microseconds), and how many wait."""

    manager_id: str
    answered: int
    values: Mapping[int, int]
    waiting: int


@dataclass(frozen=True, slots=True)
class HandOverCell:
    """How many deals a manager handed to others and took over, and what these were worth then (base currency, minor units)."""

    manager_id: str
    handed_deals: int
    handed_base: int
    handed_unconverted: int
    taken_deals: int
    taken_base: int
    taken_unconverted: int


@dataclass(slots=True)
class Handed:
    """So many deals, their amount, and how many of these have none for want of a rate."""

    deals: int = 0
    amount: int = 0
    unconverted: int = 0

    def add(self, deals: int, amount: int, unconverted: int) -> None:
        """Add some more."""
        self.deals, self.amount = self.deals + deals, self.amount + amount
        self.unconverted += unconverted


@dataclass(slots=True, kw_only=True)
class ManagerRow:
    """What one manager has done; `unconverted` counts the closed deals whose amount is in no sum."""

    manager_id: str
    won: int = 0
    lost: int = 0
    in_progress: int = 0
    won_amount: int = 0
    lost_amount: int = 0
    unconverted: int = 0
    activities: Counter[tuple[str, str]] = field(default_factory=Counter)
    overdue_tasks: int = 0
    tasks_in_time: int = 0
    tasks_late: int = 0
    tasks_missed: int = 0
    answered: int = 0
    unanswered: int = 0
    response_median: float | None = None
    response_p90: float | None = None
    handed_over: Handed = field(default_factory=Handed)
    taken_over: Handed = field(default_factory=Handed)
    claims_resolved: int = 0
    median_cycle: float | None = None
    claims_with_target: int = 0
    claims_in_time: int = 0
    claims_answered: int = 0
    claims_answered_soon: int = 0

    @property
    def win_rate(self) -> Ratio:
        """Give the share of the won among the closed."""
        return Ratio(numerator=self.won, denominator=self.won + self.lost)

    @property
    def win_rate_by_amount(self) -> Ratio:
        """Give the share of what was won of the amounts that were closed (minor units)."""
        return Ratio(numerator=self.won_amount, denominator=self.won_amount + self.lost_amount)

    @property
    def interactions(self) -> int:
        """Tell in how many interactions they took part, of all kinds."""
        return self.activities.total()

    @property
    def tasks_done_in_time(self) -> Ratio:
        """Give the share of those done in time among the tasks due in the period that are done or overdue."""
        return Ratio(numerator=self.tasks_in_time, denominator=self.tasks_in_time + self.tasks_late + self.tasks_missed)

    @property
    def claims_resolved_in_time(self) -> Ratio:
        """Give the share of those resolved by their deadline among the resolved claims that had one."""
        return Ratio(numerator=self.claims_in_time, denominator=self.claims_with_target)

    @property
    def claims_answered_in_time(self) -> Ratio:
        """Give the share of those answered by their deadline among the claims that were first answered and had one."""
        return Ratio(numerator=self.claims_answered_soon, denominator=self.claims_answered)

    @property
    def median_cycle_days(self) -> float | None:
        """Give the median cycle of the won deals, in days; None without any."""
        return self.median_cycle / _DAY if self.median_cycle is not None else None


def manager_rows(
    deals: Iterable[OutcomeCell],
    cycles: Iterable[SpreadCell],
    claims: Iterable[ClaimCell],
    interactions: Iterable[InteractionCell],
    tasks: Iterable[TaskCell],
    responses: Iterable[ResponseCell],
    hand_overs: Iterable[HandOverCell],
) -> list[ManagerRow]:
    """Work out a row for each manager who has done something, in the order of their ids; `deals` and `cycles` are keyed by manager."""
    rows: dict[str, ManagerRow] = {}

    def row_of(manager_id: str) -> ManagerRow:
        return rows.setdefault(manager_id, ManagerRow(manager_id=manager_id))

    _tell_deals(row_of, deals, cycles)
    for claim in claims:
        if claim.manager_id is not None:
            _count_claims(row_of(claim.manager_id), claim)
    for talk in interactions:
        row_of(talk.manager_id).activities[talk.kind, talk.direction] += talk.interactions
    for task in tasks:
        _count_tasks(row_of(task.manager_id), task)
    for answer in responses:
        _tell_responses(row_of(answer.manager_id), answer)
    for handed in hand_overs:
        _count_hand_overs(row_of(handed.manager_id), handed)
    return [rows[manager_id] for manager_id in sorted(rows)]


def _tell_deals(
    row_of: Callable[[str], ManagerRow], deals: Iterable[OutcomeCell], cycles: Iterable[SpreadCell]
) -> None:
    for cell in deals:
        if cell.key is not None:
            _count(row_of(cell.key), cell)
    for cycle in cycles:
        if cycle.key is not None:
            row_of(cycle.key).median_cycle = cycle.median


def _count(row: ManagerRow, cell: OutcomeCell) -> None:
    match cell.outcome:
        case Outcome.WON:
            row.won += cell.deals
            row.won_amount += cell.base
            row.unconverted += cell.unconverted
        case Outcome.LOST:
            row.lost += cell.deals
            row.lost_amount += cell.base
            row.unconverted += cell.unconverted
        case Outcome.IN_PROGRESS:
            row.in_progress += cell.deals


def _count_claims(row: ManagerRow, cell: ClaimCell) -> None:
    row.claims_resolved += cell.claims
    row.claims_with_target += cell.with_target
    row.claims_in_time += cell.in_time
    row.claims_answered += cell.answered
    row.claims_answered_soon += cell.answered_in_time


def _count_tasks(row: ManagerRow, cell: TaskCell) -> None:
    row.overdue_tasks += cell.overdue
    row.tasks_in_time += cell.in_time
    row.tasks_late += cell.late
    row.tasks_missed += cell.missed


def _tell_responses(row: ManagerRow, cell: ResponseCell) -> None:
    row.answered, row.unanswered = cell.answered, cell.waiting
    if cell.answered:
        row.response_median = median(cell.values, cell.answered) / _SECOND
        row.response_p90 = float(p90(cell.values, cell.answered) / _SECOND)


def _count_hand_overs(row: ManagerRow, cell: HandOverCell) -> None:
    row.handed_over.add(cell.handed_deals, cell.handed_base, cell.handed_unconverted)
    row.taken_over.add(cell.taken_deals, cell.taken_base, cell.taken_unconverted)
