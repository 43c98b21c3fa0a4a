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
    """A deal in progress, and what its own facts tell; the words are those of `Standing`."""

    deal_id: UUID
    process_id: UUID
    stage: str | None
    manager_id: UUID | None
    partner_id: UUID | None
    created_at: datetime
    base: int
    unconverted: bool
    dwelling_since: datetime | None
    dwelt: int | None
    active_at: datetime
    held: bool
    untouched: bool
    planned_start_on: date | None
    expected_close_on: date | None

    def dwell(self, moment: datetime) -> timedelta | None:
        """Tell how long it is at its stage, in all its visits; None without stages."""
        if self.dwelling_since is not None:
            return moment - self.dwelling_since
        return timedelta(microseconds=self.dwelt) if self.dwelt is not None else None


@dataclass(slots=True, kw_only=True)
class Around:
    """What is known around a deal in progress.

    `active_at` is when anything at all last happened about it; `documented` whether that was ever to one of its documents,
    later than it was created. A next step is due once.
    """

    active_at: datetime
    documented: bool = False
    allowed_days: int | None = None
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

    @property
    def cell(self) -> AttentionCell:
        """Count it."""
        return AttentionCell(
            manager_id=self.deal.manager_id,
            state=self.state,
            reasons=self.reasons,
            client=self.around.client,
            deals=1,
            base=self.deal.base,
            unconverted=int(self.deal.unconverted),
            oldest=self.deal.created_at,
        )


def assess(deal: OpenDeal, around: Around, day: Day) -> Assessed:
    """Say what a deal asks attention for."""
    state = _state(deal, day)
    reasons = _reasons(deal, around, day) if state is State.WORKED_ON else {}
    return Assessed(deal=deal, around=around, state=state, reasons=tuple(one for one in Reason if reasons.get(one)))


def _state(deal: OpenDeal, day: Day) -> State:
    if deal.held:
        return State.ON_HOLD
    start = deal.planned_start_on
    return State.COMING if start is not None and start > day.today else State.WORKED_ON


def _reasons(deal: OpenDeal, around: Around, day: Day) -> dict[Reason, bool]:
    dwell, allowed, step = deal.dwell(day.moment), around.allowed_days, around.step_due_at
    start, close = deal.planned_start_on, deal.expected_close_on
    stands_where_it_began = deal.untouched and not around.documented
    return {
        Reason.DWELL_EXCEEDED: dwell is not None and allowed is not None and dwell > timedelta(days=allowed),
        Reason.NEXT_STEP_OVERDUE: step is not None and step <= day.moment,
        Reason.NO_NEXT_STEP: step is None,
        Reason.CLOSE_DATE_PASSED: close is not None and close < day.today,
        Reason.ROTTING: around.active_at < day.moment - timedelta(days=day.rotting_days),
        Reason.PLANNED_START_PASSED: start is not None and start < day.today and stands_where_it_began,
        Reason.TASKS_OVERDUE: around.has_late_task,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Some of the deals in progress: those of a manager, or of nobody, in a state and for any of some reasons (None: all)."""

    manager_id: UUID | None
    state: State | None = None
    reasons: frozenset[Reason] | None = None

    def has(self, one: Assessed) -> bool:
        """Tell whether a deal is one of them."""
        return (
            one.deal.manager_id == self.manager_id
            and self.state in (None, one.state)
            and (self.reasons is None or not self.reasons.isdisjoint(one.reasons))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AttentionCell:
    """Deals of a manager, with clients of one kind, that ask attention for the same: how many, their base amount (minor units).

    `unconverted` of them have an amount and no rate; the `oldest` was created then.
    """

    manager_id: UUID | None
    state: State
    reasons: tuple[Reason, ...]
    client: ClientKind
    deals: int
    base: int
    unconverted: int
    oldest: datetime


@dataclass(slots=True, kw_only=True)
class Counted:
    """So many deals, and their base amount (minor units)."""

    count: int = 0
    amount: int = 0

    def add(self, cell: AttentionCell) -> None:
        """Count deals."""
        self.count += cell.deals
        self.amount += cell.base


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

    def add(self, cell: AttentionCell) -> None:
        """Count deals."""
        self.unconverted += cell.unconverted
        match cell.state:
            case State.ON_HOLD:
                self.on_hold.add(cell)
            case State.COMING:
                self.coming.add(cell)
                self.coming_clients[cell.client].add(cell)
            case State.WORKED_ON:
                self._add_worked_on(cell)

    def _add_worked_on(self, cell: AttentionCell) -> None:
        self.worked_on.add(cell)
        self.clients[cell.client].add(cell)
        self.oldest = min(self.oldest or cell.oldest, cell.oldest)
        if cell.reasons:
            self.need_attention.add(cell)
        for reason in cell.reasons:
            self.reasons[reason].add(cell)


def by_manager(cells: Iterable[AttentionCell]) -> list[ManagerRow]:
    """Give a row for each manager, those with the most deals that need attention first, and of nobody last."""
    rows: dict[UUID | None, ManagerRow] = {}
    for cell in cells:
        rows.setdefault(cell.manager_id, ManagerRow(manager_id=cell.manager_id)).add(cell)
    return sorted(
        rows.values(),
        key=lambda row: (row.manager_id is None, -row.need_attention.count, -row.worked_on.count, str(row.manager_id)),
    )
