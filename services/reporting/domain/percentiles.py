"""The middle of some values, and what nine of ten do not exceed: one definition for every figure.

Method 7 of Hyndman and Fan (Sample Quantiles in Statistical Packages, The American Statistician 50, 1996), that of
spreadsheets and of percentile_cont in SQL: of n values in their order the quantile p lies p·(n - 1) places behind the first,
between two neighbours in proportion. The median of an even number is so the mean of the middle two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

Values = Mapping[int, int] | Sequence[int]
"""Values by their places in order, counted from 0: all of them, or those at the places that are looked at."""


def middle(count: int) -> tuple[int, int]:
    """Give the places of the middle two of a number of values: of an odd number, the same twice."""
    return (count - 1) // 2, count // 2


def tail(count: int) -> tuple[int, int]:
    """Give the two places between which the 90th percentile of a number of values lies: the same twice, where it is at the last."""
    low = 9 * (count - 1) // 10
    return low, min(low + 1, count - 1)


def median(values: Values, count: int) -> float:
    """Give the median of so many values, at least one, in their unit."""
    low, high = middle(count)
    return (values[low] + values[high]) / 2


def p90(values: Values, count: int) -> Fraction:
    """Give the 90th percentile of so many values, at least one, in their unit, exactly."""
    low, high = tail(count)
    tenths = 9 * (count - 1) % 10
    return Fraction(values[low] * (10 - tenths) + values[high] * tenths, 10)
