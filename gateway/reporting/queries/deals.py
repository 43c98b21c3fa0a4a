"""Questions for figures of deals."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.execution.deferred import Deferred
from gateway.reporting.queries.arguments import process_of, report_arguments, report_of, rows_of
from gateway.reporting.types import (
    Funnel,
    FunnelComparison,
    Outcomes,
    OutcomesInTime,
    OutcomesOverTimeReport,
    OutcomesReport,
)
from gateway.services import ask
from gateway.shapes.connections import asks_for
from gateway.shapes.values import PeriodInput


class OutcomeGrouping(graphene.Enum):
    """What outcomes are grouped by."""

    MONTH = "MONTH"
    PROCESS = "PROCESS"
    MANAGER = "MANAGER"
    TEAM = "TEAM"
    PRODUCT = "PRODUCT"
    LOSS_REASON = "LOSS_REASON"
    PARTNER = "PARTNER"
    SOURCE = "SOURCE"
    SEGMENT = "SEGMENT"
    COMPETITOR = "COMPETITOR"


class TimeBucket(graphene.Enum):
    """How long a bucket of a period is; weeks begin on Monday."""

    DAY = "DAY"
    WEEK = "WEEK"
    MONTH = "MONTH"
    QUARTER = "QUARTER"
    YEAR = "YEAR"


def _outcome_arguments() -> dict[str, Any]:
    return {
        "group_by": graphene.Argument(OutcomeGrouping, description="one row, if not given"),
        "first": graphene.Int(description="how many groups, at most 1000; more than these are refused, if not said"),
        "after": graphene.String(description="the key of the group after which to go on"),
        **report_arguments(),
    }


def _bucket_arguments() -> dict[str, Any]:
    return {
        "bucket": graphene.Argument(TimeBucket, required=True),
        **report_arguments(),
        "period": graphene.Argument(PeriodInput, required=True),
    }


class DealReportQueries(graphene.ObjectType):
    """Questions for figures of deals."""

    funnel = graphene.Field(Funnel, required=True, process=graphene.ID(required=True), **report_arguments())
    funnel_comparison = graphene.Field(
        FunnelComparison,
        required=True,
        description="the funnel of the deals created in a period, beside that of those created in another",
        process=graphene.ID(required=True),
        compared_with=graphene.Argument(PeriodInput, required=True),
        **{**report_arguments(), "period": graphene.Argument(PeriodInput, required=True)},
    )
    outcomes = graphene.List(
        graphene.NonNull(Outcomes),
        required=True,
        description="the rows of outcomesReport alone",
        **_outcome_arguments(),
    )
    outcomes_report = graphene.Field(OutcomesReport, required=True, **_outcome_arguments())
    outcomes_over_time = graphene.List(
        graphene.NonNull(OutcomesInTime),
        required=True,
        description="the rows of outcomesOverTimeReport alone",
        **_bucket_arguments(),
    )
    outcomes_over_time_report = graphene.Field(
        OutcomesOverTimeReport,
        required=True,
        description="bucket by bucket, at most 1000 of them; a period without an end ends with the day of the moment",
        **_bucket_arguments(),
    )

    def resolve_funnel(
        _root: object,
        info: GraphQLResolveInfo,
        process: str,
        **asked: Any,
    ) -> Deferred:
        report = report_of(**asked)
        payload = {**report, "process_id": process_of(process), "dwell": asks_for(info, "stages", "dwell")}
        return ask(info.context.services, "reporting", "funnel", payload).then(lambda funnel: funnel_of(funnel, report))

    def resolve_funnel_comparison(
        _root: object,
        info: GraphQLResolveInfo,
        process: str,
        period: Json,
        compared_with: Json,
        filter: Json | None = None,
        as_of: str | None = None,
        known_at: str | None = None,
    ) -> Deferred:
        now, before = (report_of(one, filter, as_of, known_at) for one in (period, compared_with))
        payload = {
            **now,
            "process_id": process_of(process),
            "compared_with": before.get("period", {}),
            "dwell": any(asks_for(info, one, "stages", "dwell") for one in ("funnel", "comparedWith")),
        }
        return ask(info.context.services, "reporting", "funnel_comparison", payload).then(
            lambda found: _comparison_of(found, now, before)
        )

    def resolve_outcomes(
        _root: object,
        info: GraphQLResolveInfo,
        **asked: Any,
    ) -> Deferred:
        return _outcomes(info, **asked).then(rows_of)

    def resolve_outcomes_report(
        _root: object,
        info: GraphQLResolveInfo,
        **asked: Any,
    ) -> Deferred:
        return _outcomes(info, **asked)

    def resolve_outcomes_over_time(
        _root: object,
        info: GraphQLResolveInfo,
        **asked: Any,
    ) -> Deferred:
        return _over_time(info, **asked).then(rows_of)

    def resolve_outcomes_over_time_report(
        _root: object,
        info: GraphQLResolveInfo,
        **asked: Any,
    ) -> Deferred:
        return _over_time(info, **asked)


def _outcomes(
    info: GraphQLResolveInfo,
    group_by: str | None = None,
    first: int | None = None,
    after: str | None = None,
    **asked: Any,
) -> Deferred:
    payload = {**report_of(**asked), "group_by": group_by, "first": first, "after": after}

    def named(found: Json) -> Json:
        return {**found, "rows": [{**row, "names": group_by if row["key"] else None} for row in found["rows"]]}

    return ask(info.context.services, "reporting", "outcomes", payload).then(named)


def _over_time(info: GraphQLResolveInfo, bucket: str, **asked: Any) -> Deferred:
    payload = {**report_of(**asked), "bucket": bucket}
    return ask(info.context.services, "reporting", "outcomes_over_time", payload)


def _comparison_of(found: Json, now: Json, before: Json) -> Json:
    return {
        "funnel": funnel_of(found["funnel"], now),
        "compared_with": funnel_of(found["compared_with"], before),
        "stages": [{**stage, "process_id": found["process_id"]} for stage in found["stages"]],
    }


def funnel_of(funnel: Json, report: Json) -> Json:
    """Tell each stage what it is part of: its lost deals are asked for by the same report, as of the same moment."""
    report = {"as_of": funnel["as_of"], **report}
    origin = {"process_id": funnel["process_id"], "report": report}
    return {**funnel, "stages": [{**stage, **origin} for stage in funnel["stages"]]}
