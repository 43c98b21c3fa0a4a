"""What deals in progress ask attention for, in the words of the deals service (its `queries/attention.py`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID


class Reason(StrEnum):
    """Why a deal asks for attention."""

    DWELL_EXCEEDED = "DWELL_EXCEEDED"
    NEXT_STEP_OVERDUE = "NEXT_STEP_OVERDUE"
    NO_NEXT_STEP = "NO_NEXT_STEP"
    CLOSE_DATE_PASSED = "CLOSE_DATE_PASSED"
    ROTTING = "ROTTING"
    PLANNED_START_PASSED = "PLANNED_START_PASSED"
    TASKS_OVERDUE = "TASKS_OVERDUE"


class ClientKind(StrEnum):
    """With whom a deal is."""

    EXISTING_CLIENT = "EXISTING_CLIENT"
    PROSPECT = "PROSPECT"
    UNKNOWN = "UNKNOWN"


class State(StrEnum):
    """Whether a deal in progress is worked on; one on hold, or planned for a later day, asks for nothing."""

    WORKED_ON = "WORKED_ON"
    ON_HOLD = "ON_HOLD"
    COMING = "COMING"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDeal:
    """A deal in progress; `since` is when its visit to the stage began that is under way, `dwelt` how long it was there before."""

    deal_id: UUID
    process_id: UUID
    stage: str | None
    highest_rank: int
    manager_id: UUID | None
    partner_id: UUID | None
    created_at: datetime
    base: int | None
    is_unconverted: bool
    dwelt: timedelta
    since: datetime | None

    def dwell(self, moment: datetime) -> timedelta | None:
        """Tell how long it is at its stage, in all its visits; None without stages."""
        if self.stage is None:
            return None
        return self.dwelt + (moment - self.since if self.since is not None else timedelta(0))


@dataclass(slots=True, kw_only=True)
class Around:
    """What is known around a deal in progress.

    `last_fact_at` is of its own facts and its documents' ones, `active_at` of anything at all. A next step is due once.
    """

    last_fact_at: datetime
    active_at: datetime
    held: bool = False
    allowed_days: int | None = None
    planned_start_on: date | None = None
    expected_close_on: date | None = None
    step_due_at: datetime | None = None
    has_late_task: bool = False
    client: ClientKind = ClientKind.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The moment of a report, its business day, and after how many days without an event open work is forgotten."""

    moment: datetime
    today: date
    rotting_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """A deal in progress, with what it asks attention for."""

    deal: OpenDeal
    around: Around
    state: State
    reasons: tuple[Reason, ...]


def assess(deal: OpenDeal, around: Around, day: Day) -> Assessed:
    """Say what a deal asks attention for."""
    state = _state(around, day)
    reasons = _reasons(deal, around, day) if state is State.WORKED_ON else {}
    return Assessed(deal=deal, around=around, state=state, reasons=tuple(one for one in Reason if reasons.get(one)))


def _state(around: Around, day: Day) -> State:
    if around.held:
        return State.ON_HOLD
    start = around.planned_start_on
    return State.COMING if start is not None and start > day.today else State.WORKED_ON


def _reasons(deal: OpenDeal, around: Around, day: Day) -> dict[Reason, bool]:
    dwell, allowed, step = deal.dwell(day.moment), around.allowed_days, around.step_due_at
    start, close = around.planned_start_on, around.expected_close_on
    stands_where_it_began = deal.highest_rank <= 1 and around.last_fact_at <= deal.created_at
    return {
        Reason.DWELL_EXCEEDED: dwell is not None and allowed is not None and dwell > timedelta(days=allowed),
        Reason.NEXT_STEP_OVERDUE: step is not None and step <= day.moment,
        Reason.NO_NEXT_STEP: step is None,
        Reason.CLOSE_DATE_PASSED: close is not None and close < day.today,
        Reason.ROTTING: around.active_at < day.moment - timedelta(days=day.rotting_days),
        Reason.PLANNED_START_PASSED: start is not None and start < day.today and stands_where_it_began,
        Reason.TASKS_OVERDUE: around.has_late_task,
    }


@dataclass(slots=True, kw_only=True)
class Counted:
    """So many deals, and their base amount (minor units)."""

    count: int = 0
    amount: int = 0

    def add(self, deal: OpenDeal) -> None:
        """Count a deal."""
        self.count += 1
        self.amount += deal.base or 0


def _of(kinds: Iterable[StrEnum]) -> dict[str, Counted]:
    return {kind.value: Counted() for kind in kinds}


@dataclass(slots=True, kw_only=True)
class ManagerRow:
    """The deals in progress of a manager, or of nobody.

    `reasons` counts a deal under each of its own; `clients` those worked on by whom they are with, `coming_clients` those
    that are coming; `unconverted` those of all whose amount is left out for want of a rate.
    """

    manager_id: UUID | None
    worked_on: Counted = field(default_factory=Counted)
    need_attention: Counted = field(default_factory=Counted)
    on_hold: Counted = field(default_factory=Counted)
    coming: Counted = field(default_factory=Counted)
    reasons: dict[str, Counted] = field(default_factory=lambda: _of(Reason))
    clients: dict[str, Counted] = field(default_factory=lambda: _of(ClientKind))
    coming_clients: dict[str, Counted] = field(default_factory=lambda: _of(ClientKind))
    unconverted: int = 0
    oldest: datetime | None = None

    def add(self, one: Assessed) -> None:
        """Count a deal."""
        deal = one.deal
        self.unconverted += deal.is_unconverted
        match one.state:
            case State.ON_HOLD:
                self.on_hold.add(deal)
            case State.COMING:
                self.coming.add(deal)
                self.coming_clients[one.around.client].add(deal)
            case State.WORKED_ON:
                self._add_worked_on(one)

    def _add_worked_on(self, one: Assessed) -> None:
        self.worked_on.add(one.deal)
        self.clients[one.around.client].add(one.deal)
        self.oldest = min(self.oldest or one.deal.created_at, one.deal.created_at)
        if one.reasons:
            self.need_attention.add(one.deal)
        for reason in one.reasons:
            self.reasons[reason].add(one.deal)


def by_manager(deals: Iterable[Assessed]) -> list[ManagerRow]:
    """Give a row for each manager, those with the most deals that need attention first, and of nobody last."""
    rows: dict[UUID | None, ManagerRow] = {}
    for one in deals:
        rows.setdefault(one.deal.manager_id, ManagerRow(manager_id=one.deal.manager_id)).add(one)
    return sorted(
        rows.values(),
        key=lambda row: (row.manager_id is None, -row.need_attention.count, -row.worked_on.count, str(row.manager_id)),
    )
