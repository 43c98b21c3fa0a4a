"""The parts of a deal: what each of its owners did in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from services.reporting.domain.deals.history import CORRECTIONS, Fact, Kind, Outcome, fold

_CLOSES = {Kind.WON: Outcome.WON, Kind.LOST: Outcome.LOST}
_SAYS_NOTHING = CORRECTIONS | {Kind.REVALUED}


@dataclass(slots=True, kw_only=True)
class Part:
    """The time in which a deal was one owner's, or nobody's: from `since` until it became another's.

    `stages` are those that it entered in this time, in their order, `interactions` those about it in which the owner took part.
    `outcome` is that of a close that still holds, which falls into this part: the owner is credited with it.
    """

    manager_id: UUID | None
    since: datetime
    until: datetime | None = None
    held: timedelta = timedelta(0)
    stages: list[str] = field(default_factory=list)
    interactions: int = 0
    outcome: Outcome | None = None
    base: int | None = None


def parts(facts: Sequence[Fact], talks: Iterable[tuple[datetime, UUID]], at: datetime) -> list[Part]:
    """Cut a deal's facts, at least one that says more than what became of its record, into parts, as of a moment.

    `talks` are the interactions about it, each with when it took place and a manager who took part. A part is held until the
    next one begins, or the deal is closed and stays so, or until the moment.
    """
    deal = fold(facts)
    told = sorted((fact for fact in facts if fact.kind not in _SAYS_NOTHING), key=lambda fact: fact.sequence)
    found: list[Part] = []
    stage: str | None = None
    closed: Part | None = None
    for fact in told:
        if not found or found[-1].manager_id != fact.manager_id:
            if found:
                found[-1].until = fact.occurred_at
            found.append(Part(manager_id=fact.manager_id, since=fact.occurred_at))
        if fact.stage is not None and fact.stage != stage:
            stage = fact.stage
            found[-1].stages.append(stage)
        if fact.kind in _CLOSES:
            closed = found[-1]
    if closed is not None and deal.closed_at is not None:
        closed.outcome, closed.base = deal.outcome, deal.base_minor
    over = min(deal.closed_at or at, at)
    for part in found:
        part.held = max(min(part.until or over, over) - part.since, timedelta(0))
    for when, manager_id in talks:
        for part in found:
            part.interactions += (
                part.manager_id == manager_id and part.since <= when and (part.until is None or when < part.until)
            )
    return found
