"""Finding values at their places by descending through counts that are kept up: see domain/spread."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from services.reporting.domain.spread import BRANCHES, DEPTH, ROOT, Places, branch_at, leaf_of


class Tree(Protocol):
    """Where counts and values are read, under several keys."""

    def counts(self, knots: Iterable[int], pairs: Iterable[tuple[Any, int]]) -> Mapping[tuple[Any, int], Sequence[int]]:
        """Give the counts of knots, branch by branch, and what else is counted there; pairs of key and knot narrow."""

    def leaves(self, wanted: set[tuple[Any, int]]) -> Mapping[tuple[Any, int], Sequence[tuple[int, int]]]:
        """Give the values in the leaves of keys, in their order, each with how often it occurs."""


@dataclass(slots=True)
class _Search:
    """The way to the value at one place of a key: the knot it has come to, and the place there."""

    key: Any
    asked: int
    place: int
    knot: int = ROOT


def descend(tree: Tree, places: Places) -> tuple[dict[Any, Sequence[int]], Mapping[Any, dict[int, int]]]:
    """Give the counts at the root under each key, and the values at their places: a statement for each level, one for the leaves."""
    roots = {key: counts for (key, _), counts in tree.counts([ROOT], []).items()}
    searches = [
        _Search(key, place, place)
        for key, counts in roots.items()
        if any(counts[:BRANCHES])
        for place in places(sum(counts[:BRANCHES]))
    ]
    found: dict[Any, dict[int, int]] = defaultdict(dict)
    if not searches:
        return roots, found
    for level in range(DEPTH):
        knots = (
            {(key, ROOT): counts for key, counts in roots.items()}
            if level == 0
            else tree.counts({one.knot for one in searches}, {(one.key, one.knot) for one in searches})
        )
        for one in searches:
            branch, one.place = branch_at(knots[one.key, one.knot][:BRANCHES], one.place)
            one.knot = one.knot * BRANCHES + branch
    leaves = tree.leaves({(one.key, leaf_of(one.knot)) for one in searches})
    for one in searches:
        values = leaves[one.key, leaf_of(one.knot)]
        place, _ = branch_at([count for _, count in values], one.place)
        found[one.key][one.asked] = values[place][0]
    return roots, found
