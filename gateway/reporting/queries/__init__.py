"""Questions for figures, by subject."""

from __future__ import annotations

import graphene

from gateway.reporting.queries.claims import ClaimReportQueries
from gateway.reporting.queries.clients import ClientReportQueries
from gateway.reporting.queries.deals import DealReportQueries
from gateway.reporting.queries.forecasts import ForecastQueries
from gateway.reporting.queries.hand_overs import HandOverQueries
from gateway.reporting.queries.managers import ManagerReportQueries
from gateway.reporting.queries.pace import PaceQueries
from gateway.reporting.queries.plan import PlanQueries
from gateway.reporting.queries.unfinished import UnfinishedQueries


class ReportQueries(
    DealReportQueries,
    PaceQueries,
    UnfinishedQueries,
    ClaimReportQueries,
    ClientReportQueries,
    ManagerReportQueries,
    PlanQueries,
    HandOverQueries,
    ForecastQueries,
    graphene.ObjectType,
):
    """All questions to reporting."""
