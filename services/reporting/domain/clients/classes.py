"""Classes of clients: ABC by what they bring, XYZ by how steadily they buy, RFM by how lately, how often and how much.

ABC: V. Pareto's law as H. F. Dickie put it to use ("ABC Inventory Analysis Shoots for Dollars", 1951). XYZ: the coefficient of variation,
population σ / mean. RFM: J. R. Bult and T. Wansbeek, "Optimal Selection for Direct Mail", Marketing Science 14(4), 1995.
All is worked out in whole numbers and fractions; σ² is compared with the square of the limit, so that nothing is rounded.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

K = TypeVar("K")

FEWEST_SUB_PERIODS = 3
"""Of fewer whole sub-periods no variation is told."""
FEWEST_FOR_QUINTILES = 25
"""Of fewer clients quintiles mean little: RFM goes by fixed thresholds."""
_RECENCY = (30, 90, 180, 365)
"""Days since the last purchase: up to 30 are a 5, up to 90 a 4, 180 a 3, 365 a 2, more a 1."""
_FREQUENCY = (2, 3, 5, 10)
"""Orders: from 10 on a 5, from 5 a 4, from 3 a 3, two a 2, one a 1."""
_MONETARY = (Fraction(1, 4), Fraction(1, 2), Fraction(1), Fraction(2))
"""Net revenue over its mean: from twice on a 5, from the mean a 4, from half a 3, from a quarter a 2, less a 1."""


class ClientKind(StrEnum):
    """How a client buys: never yet, once, again and again, or not any more."""

    POTENTIAL = "POTENTIAL"
    ONE_TIME = "ONE_TIME"
    PERMANENT = "PERMANENT"
    LOST = "LOST"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bought:
    """What RFM is about: days since the last purchase, orders and net revenue."""

    recency: int
    frequency: int
    monetary: int


def kind_of(orders: int, days_since: int | None, lost_after: int) -> ClientKind:
    """Tell how a client buys, by all orders ever and the days since the last purchase, None where there was none."""
    if days_since is None or orders == 0:
        return ClientKind.POTENTIAL
    if orders == 1:
        return ClientKind.ONE_TIME
    return ClientKind.LOST if days_since > lost_after else ClientKind.PERMANENT


def abc(measures: Mapping[K, int], a_share: Fraction, b_share: Fraction) -> dict[K, str]:
    """Give the class of each client who bought: A while those before have less than a share of the whole, then B, then C.

    Clients who bring the same share the class of the first of them; who brings nothing, or less, is a C.
    """
    total = sum(measure for measure in measures.values() if measure > 0)
    classes: dict[K, str] = {}
    before = level = 0
    here: int | None = None
    for client, measure in sorted(measures.items(), key=lambda one: -one[1]):
        if measure != here:
            here, level = measure, before
        if measure <= 0:
            classes[client] = "C"
        else:
            classes[client] = "A" if level < a_share * total else "B" if level < b_share * total else "C"
            before += measure
    return classes


def variation_squared(amounts: Sequence[int]) -> Fraction | None:
    """Give (population σ / mean)² of amounts of whole equal sub-periods; None of too few, or where the mean is not positive."""
    n, total = len(amounts), sum(amounts)
    if n < FEWEST_SUB_PERIODS or total <= 0:
        return None
    return Fraction(n * sum(amount * amount for amount in amounts) - total * total, total * total)


def xyz(amounts: Sequence[int], x_limit: Fraction, y_limit: Fraction) -> str | None:
    """Give the class by variation: X up to a limit, Y up to another, else Z; None of too few sub-periods.

    Who brought nothing over all of them, or less, is a Z: there is nothing steady about it.
    """
    if len(amounts) < FEWEST_SUB_PERIODS:
        return None
    squared = variation_squared(amounts)
    if squared is None:
        return "Z"
    return "X" if squared <= x_limit * x_limit else "Y" if squared <= y_limit * y_limit else "Z"


def rfm(bought: Mapping[K, Bought]) -> dict[K, tuple[int, int, int]]:
    """Give the scores of each client, 1 to 5: recency (the fewer days the better), frequency, monetary.

    By quintiles: 1 + ⌊5 · (clients with less) / clients⌋, so that ties are equal. Few clients go by fixed thresholds.
    """
    if len(bought) < FEWEST_FOR_QUINTILES:
        return _by_thresholds(bought)
    recency = _quintile([-one.recency for one in bought.values()])
    frequency = _quintile([one.frequency for one in bought.values()])
    monetary = _quintile([one.monetary for one in bought.values()])
    return {
        client: (recency(-one.recency), frequency(one.frequency), monetary(one.monetary))
        for client, one in bought.items()
    }


def _quintile(values: list[int]) -> Callable[[int], int]:
    ordered = sorted(values)
    return lambda value: 1 + 5 * bisect_left(ordered, value) // len(ordered)


def _by_thresholds(bought: Mapping[K, Bought]) -> dict[K, tuple[int, int, int]]:
    total, n = sum(one.monetary for one in bought.values()), len(bought)

    def monetary(value: int) -> int:
        if value <= 0 or total <= 0:
            return 1
        return 1 + sum(Fraction(value * n, total) >= threshold for threshold in _MONETARY)

    return {
        client: (
            5 - sum(one.recency > limit for limit in _RECENCY),
            1 + sum(one.frequency >= threshold for threshold in _FREQUENCY),
            monetary(one.monetary),
        )
        for client, one in bought.items()
    }
