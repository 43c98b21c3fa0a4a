"""Reports; every figure says how it came about."""

from __future__ import annotations

from gateway.reporting.types.claims import ClaimFigures, ClaimReport, SatisfactionFigures, SatisfactionReport
from gateway.reporting.types.deals import Funnel, FunnelComparison, FunnelStage, Outcomes
from gateway.reporting.types.managers import ManagerPerformance

__all__ = [
    "ClaimFigures",
    "ClaimReport",
    "Funnel",
    "FunnelComparison",
    "FunnelStage",
    "ManagerPerformance",
    "Outcomes",
    "SatisfactionFigures",
    "SatisfactionReport",
]
