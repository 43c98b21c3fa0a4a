"""Questions for figures of claims, and of how satisfied clients are."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.execution.deferred import Deferred
from gateway.reporting.queries.arguments import report_arguments, report_of
from gateway.reporting.types import ClaimReport, SatisfactionReport
from gateway.services import ask


class ClaimGrouping(graphene.Enum):
    """What figures of claims are grouped by."""

    CAUSE = "CAUSE"
    ROOT_CAUSE = "ROOT_CAUSE"
    PRODUCT = "PRODUCT"
    PARTNER = "PARTNER"
    MANAGER = "MANAGER"
    SEVERITY = "SEVERITY"
    MONTH = "MONTH"


class SatisfactionGrouping(graphene.Enum):
    """What figures of satisfaction are grouped by."""

    MONTH = "MONTH"
    MANAGER = "MANAGER"
    PARTNER = "PARTNER"
    SUBJECT = "SUBJECT"


class ClaimReportQueries(graphene.ObjectType):
    """Questions for figures of claims."""

    claim_report = graphene.Field(
        ClaimReport,
        required=True,
        group_by=graphene.Argument(ClaimGrouping, description="one row, if not given"),
        **report_arguments(),
    )
    satisfaction = graphene.Field(
        SatisfactionReport,
        required=True,
        group_by=graphene.Argument(SatisfactionGrouping, description="one row, if not given"),
        **report_arguments(),
    )

    def resolve_claim_report(
        _root: object,
        info: GraphQLResolveInfo,
        group_by: str | None = None,
        **asked: Any,
    ) -> Deferred:
        return _grouped(info, "claim_report", report_of(**asked), group_by)

    def resolve_satisfaction(
        _root: object,
        info: GraphQLResolveInfo,
        group_by: str | None = None,
        **asked: Any,
    ) -> Deferred:
        return _grouped(info, "satisfaction", report_of(**asked), group_by)


def _grouped(info: GraphQLResolveInfo, method: str, report: Json, group_by: str | None) -> Deferred:
    """Ask for a report, and tell each row what its key is."""
    payload = report | ({"group_by": group_by} if group_by else {})
    return ask(info.context.services, "reporting", method, payload).then(
        lambda found: {**found, "rows": [{**row, "by": group_by} for row in found["rows"]]}
    )
