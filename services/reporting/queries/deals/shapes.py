"""Figures in the shape of the wire."""

from __future__ import annotations

from chassis.wire import Json
from services.reporting.domain.deals.durations import Durations
from services.reporting.domain.ratio import Ratio
from services.reporting.queries.report import in_major_units


def ratio_json(ratio: Ratio | None) -> Json:
    """Give a ratio of counts."""
    return ratio.to_json() if ratio is not None else None


def amounts_json(ratio: Ratio, currency: str) -> Json:
    """Give a ratio of amounts (minor units), in major units."""
    return {
        "value": ratio.value,
        "numerator": in_major_units(ratio.numerator, currency),
        "denominator": in_major_units(ratio.denominator, currency),
    }


def durations_json(durations: Durations) -> Json:
    """Give how long deals took, and how many they are."""
    return {
        "deals": durations.deals,
        "median_days": durations.median_days,
        "mean_days": durations.mean_days,
        "p90_days": durations.p90_days,
    }
