"""Reports; every figure says how it came about."""

from __future__ import annotations

from gateway.reporting.types.claims import ClaimFigures, ClaimReport, SatisfactionFigures, SatisfactionReport
from gateway.reporting.types.classes import (
    ClassificationRun,
    ClassificationRunConnection,
    ClassifiedClient,
    ClassMeasure,
    ClassMovement,
    SubPeriod,
)
from gateway.reporting.types.clients import ClientProfile, ProposalReaction, ProposalReactionConnection
from gateway.reporting.types.deals import (
    Funnel,
    FunnelComparison,
    FunnelStage,
    Outcomes,
    OutcomesInTime,
    OutcomesOverTimeReport,
    OutcomesReport,
)
from gateway.reporting.types.hand_overs import DealHandOverConnection, DealParts
from gateway.reporting.types.losses import LossGrouping, LossReport
from gateway.reporting.types.managers import ManagerPerformance, ManagerPerformanceReport
from gateway.reporting.types.pace import SalesCycle, StageDwell, Velocity
from gateway.reporting.types.plan import PlanAgainstFact

__all__ = [
    "ClaimFigures",
    "ClaimReport",
    "ClassMeasure",
    "ClassMovement",
    "ClassificationRun",
    "ClassificationRunConnection",
    "ClassifiedClient",
    "ClientProfile",
    "DealHandOverConnection",
    "DealParts",
    "Funnel",
    "FunnelComparison",
    "FunnelStage",
    "LossGrouping",
    "LossReport",
    "ManagerPerformance",
    "ManagerPerformanceReport",
    "Outcomes",
    "OutcomesInTime",
    "OutcomesOverTimeReport",
    "OutcomesReport",
    "PlanAgainstFact",
    "ProposalReaction",
    "ProposalReactionConnection",
    "SalesCycle",
    "SatisfactionFigures",
    "SatisfactionReport",
    "StageDwell",
    "SubPeriod",
    "Velocity",
]
