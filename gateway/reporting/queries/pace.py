"""Questions for how fast deals go, and why they are lost."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.execution.deferred import Deferred
from gateway.reporting.queries.arguments import process_of, report_arguments, report_of
from gateway.reporting.types import LossGrouping, LossReport, SalesCycle, StageDwell, Velocity
from gateway.services import ask


class PaceQueries(graphene.ObjectType):
    """Questions for how fast deals go, and why they are lost."""

    sales_cycle = graphene.Field(
        SalesCycle, required=True, description="of the deals won in the period", **report_arguments()
    )
    velocity = graphene.Field(
        Velocity,
        required=True,
        **{name: argument for name, argument in report_arguments().items() if name != "period"},
    )
    stage_dwell = graphene.Field(
        StageDwell,
        required=True,
        description="of the deals created in the period",
        process=graphene.ID(required=True),
        **report_arguments(),
    )
    loss_report = graphene.Field(
        LossReport,
        required=True,
        description="the deals lost in the period",
        by=graphene.Argument(LossGrouping, required=True),
        **report_arguments(),
    )

    def resolve_sales_cycle(
        _root: object,
        info: GraphQLResolveInfo,
        **asked: Any,
    ) -> Deferred:
        return ask(info.context.services, "reporting", "sales_cycle", report_of(**asked))

    def resolve_velocity(
        _root: object,
        info: GraphQLResolveInfo,
        **asked: Any,
    ) -> Deferred:
        return ask(info.context.services, "reporting", "velocity", report_of(**asked))

    def resolve_stage_dwell(
        _root: object,
        info: GraphQLResolveInfo,
        process: str,
        **asked: Any,
    ) -> Deferred:
        payload = {**report_of(**asked), "process_id": process_of(process)}
        return ask(info.context.services, "reporting", "stage_dwell", payload)

    def resolve_loss_report(
        _root: object,
        info: GraphQLResolveInfo,
        by: str,
        **asked: Any,
    ) -> Deferred:
        report = report_of(**asked)

        def shown(found: Json) -> Json:
            origin = {"by": by, "report": {"as_of": found["as_of"], **report}}
            return {**found, "rows": [{**row, **origin} for row in found["rows"]]}

        return ask(info.context.services, "reporting", "loss_report", {**report, "by": by}).then(shown)
