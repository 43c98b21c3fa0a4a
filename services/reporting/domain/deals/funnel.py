"""The funnel: how many deals and how much money reach each stage, and where they are lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from uuid import UUID

from services.reporting.domain.deals.family import Family
from services.reporting.domain.deals.history import Outcome
from services.reporting.domain.ratio import Ratio


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelCell:
    """Deals of a cohort that stand alike: how many, their base amount (minor units), how many have none for want of a rate."""

    process_id: UUID
    highest_stage: str | None
    stage: str | None
    outcome: Outcome
    entered: tuple[str, ...]
    deals: int
    base: int
    unconverted: int


@dataclass(slots=True, kw_only=True)
class StageFigures:
    """What the funnel says of one stage; `furthest_lost` counts the lost deals that got here and no further."""

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
        _count(result, by_key, family.place(cell.process_id, cell.highest_stage), cell)
    _relate(result.stages)
    result.most_lost_at = _most_lost_at(result.stages)
    return result


def _count(result: Funnel, by_key: dict[str, StageFigures], furthest: int, cell: FunnelCell) -> None:
    reached = len(result.stages) if cell.outcome is Outcome.WON else furthest
    for figures in result.stages[:reached]:
        figures.reached += cell.deals
        figures.reached_amount += cell.base
    if reached:
        result.unconverted += cell.unconverted
    for stage in by_key.keys() & set(cell.entered):
        by_key[stage].entered += cell.deals
    here = by_key.get(cell.stage) if cell.stage is not None else None
    _count_standing(here, result.stages[furthest - 1] if furthest else None, cell)


def _count_standing(here: StageFigures | None, furthest: StageFigures | None, cell: FunnelCell) -> None:
    """Count a cell at the stage where its deals stand, and at the furthest one that they got to."""
    if cell.outcome is Outcome.IN_PROGRESS:
        if here is not None:
            here.open += cell.deals
        if furthest is not None:
            furthest.furthest_open += cell.deals
    elif cell.outcome is Outcome.LOST:
        if here is not None:
            here.lost += cell.deals
            here.lost_amount += cell.base
        if furthest is not None:
            furthest.furthest_lost += cell.deals


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
