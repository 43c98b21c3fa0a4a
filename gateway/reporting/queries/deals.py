"""Questions for figures of deals."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.errors import Refused
from chassis.wire import Json
from gateway.execution.deferred import Deferred
from gateway.kinds import Kind, names_a
from gateway.references import not_found
from gateway.reporting.queries.arguments import report_arguments, report_of
from gateway.reporting.types import Funnel, Outcomes
from gateway.services import ask


class OutcomeGrouping(graphene.Enum):
    """What outcomes are grouped by."""

    MONTH = "MONTH"
    PROCESS = "PROCESS"
    MANAGER = "MANAGER"
    TEAM = "TEAM"
    PRODUCT = "PRODUCT"
    LOSS_REASON = "LOSS_REASON"


class DealReportQueries(graphene.ObjectType):
    """Questions for figures of deals."""

    funnel = graphene.Field(Funnel, required=True, process=graphene.ID(required=True), **report_arguments())
    outcomes = graphene.List(
        graphene.NonNull(Outcomes),
        required=True,
        group_by=graphene.Argument(OutcomeGrouping, description="one row, if not given"),
        **report_arguments(),
    )

    def resolve_funnel(
        _root: object,
        info: GraphQLResolveInfo,
        process: str,
        period: Json | None = None,
        filter: Json | None = None,
        as_of: str | None = None,
        known_at: str | None = None,
    ) -> Deferred:
        if not names_a(Kind.PROCESS, process):
            raise Refused(not_found(("process",), Kind.PROCESS, process))
        report = report_of(period, filter, as_of, known_at)
        asked = ask(info.context.services, "reporting", "funnel", {**report, "process_id": process})
        return asked.then(lambda funnel: funnel_of(funnel, report))

    def resolve_outcomes(
        _root: object,
        info: GraphQLResolveInfo,
        period: Json | None = None,
        filter: Json | None = None,
        group_by: str | None = None,
        as_of: str | None = None,
        known_at: str | None = None,
    ) -> Deferred:
        payload = report_of(period, filter, as_of, known_at) | ({"group_by": group_by} if group_by else {})
        return ask(info.context.services, "reporting", "outcomes", payload).then(lambda answer: answer["rows"])


def funnel_of(funnel: Json, report: Json) -> Json:
    """Tell each stage what it is part of: its lost deals are asked for by the same report, as of the same moment."""
    report = {"as_of": funnel["as_of"], **report}
    origin = {"process_id": funnel["process_id"], "report": report}
    return {**funnel, "stages": [{**stage, **origin} for stage in funnel["stages"]]}
