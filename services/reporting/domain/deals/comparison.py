"""Two funnels side by side: what is different, and from what numbers."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from services.reporting.domain.deals.funnel import Funnel, StageFigures
from services.reporting.domain.ratio import Ratio

COUNTS = ("reached", "entered", "open", "lost", "furthest_lost")
AMOUNTS = ("reached_amount", "lost_amount")
RATIOS = ("conversion", "mature_conversion", "loss_share", "hazard")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A number, and what it was in the period that is compared with."""

    now: int
    before: int

    @property
    def difference(self) -> int:
        """Tell by how much it is more now."""
        return self.now - self.before

    @property
    def ratio(self) -> Ratio:
        """Tell how much it is of what it was."""
        return Ratio(numerator=self.now, denominator=self.before)


@dataclass(frozen=True, slots=True, kw_only=True)
class RatioChange:
    """A ratio, and what it was; None where the stage has none."""

    now: Ratio | None
    before: Ratio | None

    @property
    def difference(self) -> float | None:
        """Tell by how much it is more now; None where either is none."""
        now, before = _exact(self.now), _exact(self.before)
        return float(now - before) if now is not None and before is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class StageChanges:
    """What is different at a stage: numbers by their names in StageFigures."""

    key: str
    numbers: dict[str, Change]
    ratios: dict[str, RatioChange]


def compare(now: Funnel, before: Funnel) -> list[StageChanges]:
    """Compare two funnels of one family, stage by stage."""
    return [_compare(one, other) for one, other in zip(now.stages, before.stages, strict=True)]


def _compare(now: StageFigures, before: StageFigures) -> StageChanges:
    return StageChanges(
        key=now.key,
        numbers={name: Change(now=getattr(now, name), before=getattr(before, name)) for name in (*COUNTS, *AMOUNTS)},
        ratios={name: RatioChange(now=getattr(now, name), before=getattr(before, name)) for name in RATIOS},
    )


def _exact(ratio: Ratio | None) -> Fraction | None:
    return Fraction(ratio.numerator, ratio.denominator) if ratio is not None and ratio.denominator else None
