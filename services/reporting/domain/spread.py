"""How durations are spread: cells in a tree of sixteen branches, fine enough that few values share a leaf.

The value at any place among millions is found by descending: three small counts, then the few values of one leaf.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from services.reporting.domain.percentiles import median

BRANCHES = 16
DEPTH = 3
ROOT = 1
Places = Callable[[int], Iterable[int]]
"""Of so many values in their order, at which places to look, counted from 0: `middle` for the median."""

_UNIT: int = timedelta(hours=4) // timedelta(microseconds=1)


def cell_of(value: int) -> int:
    """Give the leaf of a duration (microseconds), in the order of the durations: its three branches as digits.

    The first branch is the octave, from four hours to twelve years; the others divide it evenly. What lies outside is in
    the first leaf or the last.
    """
    octave: int = min((max(value, 0) // _UNIT).bit_length(), BRANCHES - 1)
    low = _UNIT << (octave - 1) if octave else 0
    width = low or _UNIT
    parts: int = BRANCHES ** (DEPTH - 1)
    return octave * parts + min(max(value - low, 0) * parts // width, parts - 1)


def paths_of(cell: int) -> list[tuple[int, int]]:
    """Give the knots on the way to a leaf, each with the branch that leads on: from ROOT on, a child 16 times its parent and its branch."""
    knot, found = ROOT, []
    for level in reversed(range(DEPTH)):
        branch = cell // BRANCHES**level % BRANCHES
        found.append((knot, branch))
        knot = knot * BRANCHES + branch
    return found


def leaf_of(knot: int) -> int:
    """Give the leaf that a knot at the end of a way is."""
    first: int = BRANCHES**DEPTH
    return knot - first


def branch_at(counts: Sequence[int], place: int) -> tuple[int, int]:
    """Tell in which branch the value at a place lies, counted from 0, and at which place there; raise IndexError past the end."""
    for branch, count in enumerate(counts):
        if place < count:
            return branch, place
        place -= count
    raise IndexError(place)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpreadCell:
    """How the durations (microseconds) of some deals are spread: how many, their sum, and those at the places asked for."""

    key: str | None
    deals: int
    total: int
    values: Mapping[int, int]

    @property
    def median(self) -> float:
        """Give the middle value, of an even number the mean of the middle two; the places have to hold them."""
        return median(self.values, self.deals)
