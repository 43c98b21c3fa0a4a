"""History told by another system: facts with their own dates, of which a deal takes those it does not know yet."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.deals.domain.deal import Deal
from services.deals.domain.process import Process, Stage
from services.deals.domain.transition import Outcome, Transition, TransitionKind


@dataclass(frozen=True, kw_only=True)
class ToldMove:
    """A stage that a deal entered."""

    stage: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ToldEnd:
    """How a deal ended, won or lost; `reason` is a loss reason's key."""

    outcome: Outcome
    at: datetime
    reason: str = "unknown"
    competitor_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class KnownFact:
    """A transition that a deal already has."""

    kind: TransitionKind
    stage: str | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ToldHistory:
    """All that is told of one deal."""

    created_at: datetime
    moves: tuple[ToldMove, ...] = ()
    end: ToldEnd | None = None

    def opening_stage(self, process: Process) -> Stage | None:
        """Tell at which stage the deal began: the one it is said to have entered as it was created, else the first."""
        moves = self._in_order()
        if moves and moves[0].at == self.created_at:
            return process.stage(moves[0].stage)
        return process.first

    def missing(self, deal: Deal, known: Collection[KnownFact], now: datetime) -> Iterator[Transition]:
        """Add to a deal what it does not know yet, in the order of the dates; known facts are left as they are."""
        opening = next((fact.stage for fact in known if fact.kind is TransitionKind.OPENED), None)
        previous = opening
        for move in self._in_order():
            entered = KnownFact(kind=TransitionKind.MOVED, stage=move.stage, at=move.at)
            repeated = move.stage == previous
            previous = move.stage
            if repeated or entered in known:  # perhaps a stage of the process that the deal was in then
                continue
            deal.process.stage(move.stage)  # what is told must name a stage also where it changes nothing
            if not (deal.stage and deal.stage.key == move.stage):
                yield deal.record_move(move.stage, at=move.at, now=now)
        if self.end is not None and not _knows(deal, self.end, known):
            yield _close(deal, self.end, now)

    def _in_order(self) -> list[ToldMove]:
        return sorted(self.moves, key=lambda move: move.at)


def _knows(deal: Deal, end: ToldEnd, known: Collection[KnownFact]) -> bool:
    if deal.outcome is end.outcome:
        return True
    # it did end so, and was reopened here since
    return any(fact.kind.value == end.outcome.value and fact.at == end.at for fact in known)


def _close(deal: Deal, end: ToldEnd, now: datetime) -> Transition:
    if end.outcome is Outcome.WON:
        return deal.record_win(at=end.at, now=now)
    return deal.lose(reason=end.reason, competitor_id=end.competitor_id, at=end.at, now=now)
