"""Questions for figures, by subject."""

from __future__ import annotations

import graphene

from gateway.reporting.queries.claims import ClaimReportQueries
from gateway.reporting.queries.deals import DealReportQueries
from gateway.reporting.queries.managers import ManagerReportQueries


class ReportQueries(DealReportQueries, ClaimReportQueries, ManagerReportQueries, graphene.ObjectType):
    """All questions to reporting."""
