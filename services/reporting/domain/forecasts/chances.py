"""How likely deals in progress are won: as their stages say, or as closed deals tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from services.reporting.domain.forecasts.cells import OpenCell


class Alike(StrEnum):
    """In what a closed deal is like one in progress."""

    PROCESS = "PROCESS"
    STAGE = "STAGE"
    MANAGER = "MANAGER"
    PARTNER = "PARTNER"


Likeness = tuple[Alike, str, str]
"""In what, of which process (empty where it does not matter), and the value."""


def by_process(process_key: str) -> Likeness:
    """Name the deals of a process."""
    return Alike.PROCESS, process_key, ""


def by_stage(process_key: str, stage: str) -> Likeness:
    """Name the deals of a process that ever stood at a stage."""
    return Alike.STAGE, process_key, stage


def by_manager(manager_id: UUID) -> Likeness:
    """Name the deals credited to a manager."""
    return Alike.MANAGER, "", str(manager_id)


def by_partner(partner_id: UUID) -> Likeness:
    """Name the deals with a partner."""
    return Alike.PARTNER, "", str(partner_id)


@dataclass(slots=True)
class Closed:
    """How many deals that are alike were won, and lost."""

    won: int = 0
    lost: int = 0

    def add(self, *, won: int, lost: int) -> None:
        """Count more of them."""
        self.won += won
        self.lost += lost


@dataclass(frozen=True, kw_only=True)
class StageChances:
    """A deal's own probability, else that of its stage in the version that the deal keeps; None where there is neither."""

    of_stage: Mapping[tuple[UUID, str], Fraction]

    def of(self, cell: OpenCell) -> Fraction | None:
        """Give the probability of deals in progress."""
        if cell.probability is not None:
            return Fraction(cell.probability)
        return self.of_stage.get((cell.process_id, cell.stage)) if cell.stage is not None else None


@dataclass(frozen=True, kw_only=True)
class LearnedChances:
    """The mean of the frequencies of wins among closed deals of the same stage, manager, partner and process.

    Each counts where there are at least so many closed deals; None where none does.
    """

    closed: Mapping[Likeness, Closed] = field(default_factory=dict)
    least: int

    def of(self, cell: OpenCell) -> Fraction | None:
        """Give the probability of deals in progress."""
        found = [one for one in map(self._frequency, _likenesses(cell)) if one is not None]
        return sum(found, Fraction()) / len(found) if found else None

    def _frequency(self, likeness: Likeness) -> Fraction | None:
        of = self.closed.get(likeness, Closed())
        n = of.won + of.lost
        return Fraction(of.won, n) if n and n >= self.least else None


Chances = StageChances | LearnedChances


def _likenesses(cell: OpenCell) -> Iterable[Likeness]:
    yield by_process(cell.process_key)
    if cell.stage is not None:
        yield by_stage(cell.process_key, cell.stage)
    if cell.manager_id is not None:
        yield by_manager(cell.manager_id)
    if cell.partner_id is not None:
        yield by_partner(cell.partner_id)
