"""What a deal counts for at each stage: the parts of the funnel that simply add up, over deals and over time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from services.reporting.domain.deals.history import Outcome


class StageCounts(NamedTuple):
    """Counts of deals at one stage; amounts are base amounts in minor units.

    The first seven are about the stage that deals reached furthest: `furthest_*` without the won ones, which have reached
    every stage; the last four about where they were and are.
    """

    furthest_open: int = 0
    furthest_lost: int = 0
    furthest_base: int = 0
    furthest_unconverted: int = 0
    won: int = 0
    won_base: int = 0
    won_unconverted: int = 0
    entered: int = 0
    open: int = 0
    lost: int = 0
    lost_base: int = 0


def stage_counts(
    *,
    outcome: Outcome,
    highest_stage: str | None,
    stage: str | None,
    entered: Sequence[str],
    deals: int = 1,
    base: int = 0,
    unconverted: int = 0,
) -> Iterator[tuple[str | None, StageCounts]]:
    """Say what deals that stand alike count for, stage by stage; the same stage may come more than once."""
    match outcome:
        case Outcome.WON:
            yield highest_stage, StageCounts(won=deals, won_base=base, won_unconverted=unconverted)
        case Outcome.IN_PROGRESS:
            yield (
                highest_stage,
                StageCounts(furthest_open=deals, furthest_base=base, furthest_unconverted=unconverted),
            )
            yield stage, StageCounts(open=deals)
        case Outcome.LOST:
            yield (
                highest_stage,
                StageCounts(furthest_lost=deals, furthest_base=base, furthest_unconverted=unconverted),
            )
            yield stage, StageCounts(lost=deals, lost_base=base)
    for passed in entered:
        yield passed, StageCounts(entered=deals)
