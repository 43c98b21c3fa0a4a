"""Whether a deal may enter a stage."""

from __future__ import annotations

from dataclasses import dataclass

from chassis.errors import Problem
from services.deals.domain.guards import Unmet
from services.deals.domain.process import Stage


@dataclass(frozen=True, kw_only=True)
class StageEntry:
    """A stage, the problem with which a move there would be refused, if any, and the guards that are not met."""

    stage: Stage
    problem: Problem | None
    missing: tuple[Unmet, ...]

    @property
    def possible(self) -> bool:
        """Whether a move there would be accepted."""
        return self.problem is None
