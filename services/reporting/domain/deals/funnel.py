"""The funnel: how many deals and how much money reach each stage, and where they are lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

from services.reporting.domain.deals.durations import Durations
from services.reporting.domain.deals.family import Family, Stretch
from services.reporting.domain.deals.history import Outcome, Standing
from services.reporting.domain.deals.stage_counts import StageCounts
from services.reporting.domain.ratio import Ratio


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelCell:
    """What deals of a cohort count for at a stage of their version of the process."""

    process_id: UUID
    stage: str | None
    counts: StageCounts


class Number(StrEnum):
    """A number that the funnel shows of a stage, to ask for the deals behind it."""

    REACHED = "REACHED"
    ENTERED = "ENTERED"
    OPEN = "OPEN"
    LOST = "LOST"
    FURTHEST_LOST = "FURTHEST_LOST"


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """Which deals are behind a number of a stage; `furthest` are the stages of which one is the furthest that they got to."""

    number: Number
    stage: str
    furthest: Stretch

    @classmethod
    def of(cls, family: Family, stage: str, number: Number) -> Behind:
        """Name the deals behind a number that the funnel of a family shows."""
        place = family.place(family.newest.process_id, stage)
        last = place if number is Number.FURTHEST_LOST else None
        return cls(number=number, stage=stage, furthest=family.stretch(place, last))

    def has(self, deal: Standing) -> bool:
        """Tell whether a deal of the cohort is one of them."""
        match self.number:
            case Number.REACHED:
                return deal.outcome is Outcome.WON or self.furthest.has(deal.process_id, deal.highest_stage)
            case Number.ENTERED:
                return self.stage in deal.stages
            case Number.OPEN:
                return deal.outcome is Outcome.IN_PROGRESS and deal.stage == self.stage
            case Number.LOST:
                return deal.outcome is Outcome.LOST and deal.stage == self.stage
            case Number.FURTHEST_LOST:
                return deal.outcome is Outcome.LOST and self.furthest.has(deal.process_id, deal.highest_stage)


@dataclass(slots=True, kw_only=True)
class StageFigures:
    """What the funnel says of one stage.

    `furthest_lost` counts the lost deals that got here and no further; `dwell` is of the deals that have left the stage
    or are closed, all their visits together, and is told where it is asked for.
    """

    key: str
    rank: int
    reached: int = 0
    entered: int = 0
    open: int = 0
    lost: int = 0
    furthest_lost: int = 0
    reached_amount: int = 0
    lost_amount: int = 0
    furthest_open: int = 0
    conversion: Ratio | None = None
    mature_conversion: Ratio | None = None
    loss_share: Ratio | None = None
    hazard: Ratio | None = None
    dwell: Durations | None = None


@dataclass(slots=True, kw_only=True)
class Funnel:
    """The funnel of a process family."""

    stages: list[StageFigures] = field(default_factory=list)
    unconverted: int = 0
    most_lost_at: str | None = None


def funnel(family: Family, cells: Iterable[FunnelCell]) -> Funnel:
    """Work out the funnel of a cohort."""
    result = Funnel(stages=[StageFigures(key=stage.key, rank=stage.rank) for stage in family.newest.stages])
    by_key = {figures.key: figures for figures in result.stages}
    for cell in cells:
        _count_reached(result, family.place(cell.process_id, cell.stage), cell.counts)
        if cell.stage in by_key:
            _count_here(by_key[cell.stage], cell.counts)
    _relate(result.stages)
    result.most_lost_at = _most_lost_at(result.stages)
    return result


def _count_reached(result: Funnel, furthest: int, counts: StageCounts) -> None:
    """Count deals at all stages that they reached: won ones at every stage, the others up to the furthest."""
    for figures in result.stages:
        figures.reached += counts.won
        figures.reached_amount += counts.won_base
    if result.stages:
        result.unconverted += counts.won_unconverted
    if not furthest:
        return
    for figures in result.stages[:furthest]:
        figures.reached += counts.furthest_open + counts.furthest_lost
        figures.reached_amount += counts.furthest_base
    result.unconverted += counts.furthest_unconverted
    result.stages[furthest - 1].furthest_open += counts.furthest_open
    result.stages[furthest - 1].furthest_lost += counts.furthest_lost


def _count_here(here: StageFigures, counts: StageCounts) -> None:
    here.entered += counts.entered
    here.open += counts.open
    here.lost += counts.lost
    here.lost_amount += counts.lost_base


def _relate(stages: Sequence[StageFigures]) -> None:
    lost = sum(figures.lost for figures in stages)
    for figures in stages:
        figures.loss_share = Ratio(numerator=figures.lost, denominator=lost)
        figures.hazard = Ratio(numerator=figures.lost, denominator=figures.entered - figures.open)
    for figures, following in pairwise(stages):
        figures.conversion = Ratio(numerator=following.reached, denominator=figures.reached)
        mature = figures.reached - figures.furthest_open
        figures.mature_conversion = Ratio(numerator=following.reached, denominator=mature)


def _most_lost_at(stages: Sequence[StageFigures]) -> str | None:
    """Name the stage with the most losses, of several the one with the larger lost amount, then the earlier one."""
    losing = [figures for figures in stages if figures.lost]
    return max(losing, key=lambda figures: (figures.lost, figures.lost_amount)).key if losing else None
