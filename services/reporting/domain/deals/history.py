"""A deal's history: facts in, in any order; where the deal stands out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

_MICROSECOND = timedelta(microseconds=1)


class Kind(StrEnum):
    """What a fact says."""

    OPENED = "OPENED"
    CHANGED = "CHANGED"
    REVALUED = "REVALUED"
    MOVED = "MOVED"
    WON = "WON"
    LOST = "LOST"
    REOPENED = "REOPENED"
    HELD = "HELD"
    RESUMED = "RESUMED"
    VOIDED = "VOIDED"
    UNVOIDED = "UNVOIDED"
    MERGED = "MERGED"
    UNMERGED = "UNMERGED"
    REROUTED = "REROUTED"


CORRECTIONS = frozenset({Kind.VOIDED, Kind.UNVOIDED, Kind.MERGED, Kind.UNMERGED})
"""Facts about what was recorded: once known they hold for every moment of the world, also before they were told."""
_TAKE_AWAY = frozenset({Kind.VOIDED, Kind.MERGED})
_NOT_LATER = CORRECTIONS | {Kind.OPENED}


class Outcome(StrEnum):
    """How a deal stands."""

    IN_PROGRESS = "IN_PROGRESS"
    WON = "WON"
    LOST = "LOST"


_CLOSING = {Kind.WON: Outcome.WON, Kind.LOST: Outcome.LOST}


_TELL_DATES = frozenset({Kind.OPENED, Kind.CHANGED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact of a deal, with the deal as it stood after it; `sequence` is its place in the deal's history.

    `stage` and `rank` are None where the fact says nothing of the stage; the highest ones are said only where the deal goes on
    in another version or process. Amounts are minor units. When a deal is to begin and expected to close is said as it opens
    and changes; `probability` is the deal's own, 0 to 1.
    """

    sequence: int
    kind: Kind
    occurred_at: datetime
    recorded_at: datetime
    process_id: UUID
    process_key: str
    stage: str | None
    rank: int | None
    manager_id: UUID | None
    partner_id: UUID | None
    currency: str | None
    amount_minor: int | None
    base_minor: int | None
    products: tuple[str, ...]
    loss_reason: str | None
    competitor_id: UUID | None
    highest_stage: str | None = None
    highest_rank: int | None = None
    planned_start_on: date | None = None
    expected_close_on: date | None = None
    probability: Decimal | None = None


@dataclass(slots=True)
class StageRecord:
    """A deal's time at one stage over all its visits; `since` is when the visit under way began.

    It is over since the fact with the sequence `over`, None where it is not: the deal is there and not closed.
    """

    entered_at: datetime
    dwell: timedelta = timedelta(0)
    since: datetime | None = None
    over: int | None = None

    def copy(self) -> StageRecord:
        """Give the same once more."""
        return StageRecord(self.entered_at, self.dwell, self.since, self.over)

    @property
    def dwell_micros(self) -> int:
        """The dwell in microseconds."""
        return self.dwell // _MICROSECOND


@dataclass(slots=True)
class Standing:
    """Where a deal stands after its facts.

    `stage` of a lost deal is the one it was lost at. `manager_id` is whom the deal is credited to: its owner, and from
    the moment that closes it, the owner of that moment. `active_at` is when something last happened to it; it is `touched`
    once that is more than a change of what is known of it.
    """

    sequence: int
    process_id: UUID
    process_key: str
    created_at: datetime
    active_at: datetime
    touched: bool = False
    outcome: Outcome = Outcome.IN_PROGRESS
    closed_at: datetime | None = None
    stage: str | None = None
    highest_stage: str | None = None
    highest_rank: int = 0
    manager_id: UUID | None = None
    partner_id: UUID | None = None
    currency: str | None = None
    amount_minor: int | None = None
    base_minor: int | None = None
    products: tuple[str, ...] = ()
    loss_reason: str | None = None
    competitor_id: UUID | None = None
    planned_start_on: date | None = None
    expected_close_on: date | None = None
    probability: Decimal | None = None
    stages: dict[str, StageRecord] = field(default_factory=dict)
    held: bool = False
    voided: bool = False
    merged: bool = False

    def copy(self) -> Standing:
        """Give the same once more, to go on with beside this one."""
        return replace(self, stages={stage: record.copy() for stage, record in self.stages.items()})

    @property
    def counted(self) -> bool:
        """Whether figures count the deal: it was no mistake, and not registered twice."""
        return not self.voided and not self.merged

    @property
    def is_unconverted(self) -> bool:
        """Whether the deal has an amount for which no rate is known."""
        return self.amount_minor is not None and self.base_minor is None

    @property
    def is_untouched(self) -> bool:
        """Whether the deal stands where it began, and nothing happened to it since."""
        return self.highest_rank <= 1 and not self.touched

    @property
    def dwelling_since(self) -> datetime | None:
        """Since when the deal would be at its stage without a break, if it had been there as long as it was in all its visits.

        None where no time passes at a stage: the deal is closed, on hold, or has no stages.
        """
        here = self._here
        return here.since - here.dwell if here is not None and here.since is not None else None

    @property
    def dwelt(self) -> int | None:
        """How long, in microseconds, a deal in progress was at its stage, where no time passes now; else None."""
        here = self._here
        stands_still = here is not None and here.since is None and self.closed_at is None
        return here.dwell_micros if here is not None and stands_still else None

    @property
    def _here(self) -> StageRecord | None:
        return self.stages.get(self.stage) if self.stage is not None else None

    @property
    def cycle(self) -> timedelta | None:
        """How long a won deal took from its creation."""
        won = self.outcome is Outcome.WON and self.closed_at is not None
        return self.closed_at - self.created_at if won and self.closed_at else None

    @property
    def cycle_micros(self) -> int | None:
        """The same in microseconds."""
        cycle = self.cycle
        return cycle // _MICROSECOND if cycle is not None else None


def happened(facts: Iterable[Fact]) -> bool:
    """Tell whether any fact says more of a deal than what became of its record."""
    return any(fact.kind not in CORRECTIONS for fact in facts)


def fold(facts: Iterable[Fact]) -> Standing:
    """Add facts up, at least one, in the order of their sequence; the order in which they came does not matter."""
    *_, (_, standing) = unfold(in_order(facts))
    return standing


def unfold(ordered: Sequence[Fact]) -> Iterator[tuple[Fact, Standing]]:
    """Give each fact with the deal as it stands after it: the same Standing, which goes on changing."""
    first = ordered[0]
    created_at = _created_at(ordered)
    standing = Standing(
        sequence=first.sequence,
        process_id=first.process_id,
        process_key=first.process_key,
        created_at=created_at,
        active_at=created_at,
    )
    yield from go_on(standing, ordered)


def go_on(standing: Standing, later: Iterable[Fact]) -> Iterator[tuple[Fact, Standing]]:
    """Let a deal go on from where it stands, by facts in their order that follow all of its own; give each with the deal after it.

    A deal whose facts lie regularly stands after them as if all had been added up at once.
    """
    for fact in later:
        _apply(standing, fact)
        yield fact, standing


def in_order(facts: Iterable[Fact]) -> list[Fact]:
    """Put facts in their order."""
    return sorted(facts, key=lambda fact: fact.sequence)


def is_regular(ordered: Sequence[Fact]) -> bool:
    """Tell whether what had happened by any moment, as far as it was known by any other, is a beginning of these facts.

    Corrections are no part of such a history: they hold for every moment. But one may end it, with which the deal
    ceases to count: as soon as that is known, and for every moment.
    """
    told = ordered[:-1] if ordered[-1].kind in _TAKE_AWAY else ordered
    return (
        bool(told)
        and told[0].kind not in CORRECTIONS
        and all(
            follows(later, occurred_at=earlier.occurred_at, recorded_at=earlier.recorded_at)
            for earlier, later in pairwise(told)
        )
    )


def follows(fact: Fact, *, occurred_at: datetime, recorded_at: datetime) -> bool:
    """Tell whether a regular history goes on regularly with a fact, the last one having happened and become known then."""
    return occurred_at <= fact.occurred_at and recorded_at <= fact.recorded_at and fact.kind not in _NOT_LATER


def _created_at(ordered: Sequence[Fact]) -> datetime:
    """Tell when a deal was opened; while its opening has not been heard of, the earliest fact stands in."""
    opened = next((fact.occurred_at for fact in ordered if fact.kind is Kind.OPENED), None)
    return opened or min(fact.occurred_at for fact in ordered)


def _correct(standing: Standing, kind: Kind) -> None:
    if kind in (Kind.VOIDED, Kind.UNVOIDED):
        standing.voided = kind is Kind.VOIDED
    else:
        standing.merged = kind is Kind.MERGED


def _apply(standing: Standing, fact: Fact) -> None:
    standing.sequence = fact.sequence
    if fact.kind in CORRECTIONS:
        _correct(standing, fact.kind)
        return
    if fact.kind is Kind.REVALUED:
        _revalue(standing, fact)
        return
    _be_as_told(standing, fact)
    standing.active_at = max(standing.active_at, fact.occurred_at)
    if fact.kind is not Kind.CHANGED and fact.occurred_at > standing.created_at:
        standing.touched = True
    match fact.kind:
        case Kind.CHANGED:
            return
        case Kind.HELD | Kind.RESUMED:
            _hold(standing, fact)
            return
        case Kind.REROUTED:
            _reroute(standing, fact)
            _end_stays(standing, fact.sequence)
            return
    if fact.stage is not None:
        _stand_at(standing, fact.stage, fact.rank or 0, fact.occurred_at)
    outcome = _CLOSING.get(fact.kind)
    if outcome is not None:
        standing.held = False
        _leave(standing, fact.occurred_at)
    standing.outcome = outcome or Outcome.IN_PROGRESS
    standing.closed_at = fact.occurred_at if outcome else None
    standing.loss_reason = fact.loss_reason
    standing.competitor_id = fact.competitor_id
    _end_stays(standing, fact.sequence)


def _be_as_told(standing: Standing, fact: Fact) -> None:
    standing.partner_id = fact.partner_id
    standing.products = fact.products
    standing.currency = fact.currency
    standing.amount_minor = fact.amount_minor
    standing.base_minor = fact.base_minor
    standing.probability = fact.probability
    if fact.kind in _TELL_DATES:
        standing.planned_start_on = fact.planned_start_on
        standing.expected_close_on = fact.expected_close_on
    if standing.outcome is Outcome.IN_PROGRESS or fact.kind is not Kind.CHANGED:
        standing.manager_id = fact.manager_id  # a hand-over after the close takes no credit away


def _hold(standing: Standing, fact: Fact) -> None:
    """Let a deal wait or go on: it stays at its stage, and the wait is no dwell."""
    standing.held = fact.kind is Kind.HELD
    if standing.held:
        _leave(standing, fact.occurred_at)
    else:
        _go_on(standing, fact.occurred_at)


def _revalue(standing: Standing, fact: Fact) -> None:
    # it lies before facts that it does not know of when the past is asked for: only the same money gets its base
    if (standing.currency, standing.amount_minor) == (fact.currency, fact.amount_minor):
        standing.base_minor = fact.base_minor


def _reroute(standing: Standing, fact: Fact) -> None:
    """Count the deal from now on where it goes on; stages of another process are no part of its way there."""
    _leave(standing, fact.occurred_at)
    if fact.process_key != standing.process_key:
        standing.stages = {}
    standing.process_id, standing.process_key = fact.process_id, fact.process_key
    standing.stage = None
    if fact.stage is not None:
        _stand_at(standing, fact.stage, fact.rank or 0, fact.occurred_at)
    standing.highest_stage, standing.highest_rank = fact.highest_stage, fact.highest_rank or 0


def _end_stays(standing: Standing, sequence: int) -> None:
    for stage, record in standing.stages.items():
        if stage == standing.stage and standing.closed_at is None:
            record.over = None
        elif record.over is None:
            record.over = sequence


def _stand_at(standing: Standing, stage: str, rank: int, at: datetime) -> None:
    if stage != standing.stage:
        _leave(standing, at)
        standing.stage = stage
        if standing.highest_stage is None or rank > standing.highest_rank:
            standing.highest_stage, standing.highest_rank = stage, rank
    record = standing.stages.setdefault(stage, StageRecord(entered_at=at))
    if record.since is None and not standing.held:
        record.since = at


def _go_on(standing: Standing, at: datetime) -> None:
    record = standing._here
    if record is not None:
        record.since = at


def _leave(standing: Standing, at: datetime) -> None:
    record = standing._here
    if record is not None and record.since is not None:
        record.dwell += at - record.since
        record.since = None
