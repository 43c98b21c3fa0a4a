"""How likely deals in progress are won: as their stages say, or as closed deals tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
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


Likeness = tuple[Alike, str, str | UUID]
"""In what, of which process (empty where it does not matter), and the value."""


def by_process(process_key: str) -> Likeness:
    """Name the deals of a process."""
    return Alike.PROCESS, process_key, ""


def by_stage(process_key: str, stage: str) -> Likeness:
    """Name the deals of a process that ever stood at a stage."""
    return Alike.STAGE, process_key, stage


def by_manager(manager_id: UUID) -> Likeness:
    """Name the deals credited to a manager."""
    return Alike.MANAGER, "", manager_id


def by_partner(partner_id: UUID) -> Likeness:
    """Name the deals with a partner."""
    return Alike.PARTNER, "", partner_id


@dataclass(slots=True)
class Closed:
    """How many deals that are alike were won, and lost."""

    won: int = 0
    lost: int = 0

    def add(self, *, won: int, lost: int) -> None:
        """Count more of them."""
        self.won += won
        self.lost += lost


class Part:
    """What a probability is the mean of; the same thing wherever it is part of one, so that sums are kept by it."""

    __slots__ = ("value",)

    def __init__(self, value: Fraction) -> None:
        self.value = value


def mean(parts: Sequence[Part]) -> Fraction | None:
    """Give the probability that parts make up; None of none."""
    return sum((part.value for part in parts), Fraction()) / len(parts) if parts else None


class StageChances:
    """A deal's own probability, else that of its stage in the version that the deal keeps; none where there is neither."""

    def __init__(self, of_stage: Mapping[tuple[UUID, str], Fraction]) -> None:
        self._of_stage = {stage: (Part(value),) for stage, value in of_stage.items()}
        self._own: dict[Decimal, tuple[Part]] = {}

    def parts(self, cell: OpenCell) -> Sequence[Part]:
        """Give what the probability of deals in progress is the mean of."""
        own = cell.probability
        if own is None:
            return self._of_stage.get((cell.process_id, cell.stage), ()) if cell.stage is not None else ()
        if own not in self._own:
            self._own[own] = (Part(Fraction(own)),)
        return self._own[own]


class LearnedChances:
    """The mean of the frequencies of wins among closed deals of the same stage, manager, partner and process.

    Each counts where there are at least so many closed deals; none where none does.
    """

    def __init__(self, *, closed: Mapping[Likeness, Closed], least: int) -> None:
        self._parts = {
            likeness: Part(Fraction(of.won, n))
            for likeness, of in closed.items()
            if (n := of.won + of.lost) and n >= least
        }

    def parts(self, cell: OpenCell) -> Sequence[Part]:
        """Give what the probability of deals in progress is the mean of."""
        return [part for likeness in _likenesses(cell) if (part := self._parts.get(likeness)) is not None]


Chances = StageChances | LearnedChances


def _likenesses(cell: OpenCell) -> Iterable[Likeness]:
    yield by_process(cell.process_key)
    if cell.stage is not None:
        yield by_stage(cell.process_key, cell.stage)
    if cell.manager_id is not None:
        yield by_manager(cell.manager_id)
    if cell.partner_id is not None:
        yield by_partner(cell.partner_id)
