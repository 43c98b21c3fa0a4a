"""Questions for figures."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from chassis.errors import Refused
from chassis.wire import Json
from gateway.execution.deferred import Deferred
from gateway.kinds import Kind, names_a
from gateway.references import not_found, references
from gateway.reporting.types import Funnel, ManagerPerformance, Outcomes
from gateway.services import ask
from gateway.shapes.filters import wire_filter
from gateway.shapes.scalars import DateTime
from gateway.shapes.values import PeriodInput


class ReportFilter(graphene.InputObjectType):
    """What the figures are about; what is not given does not matter."""

    managers = references(Kind.MANAGER)
    teams = references(Kind.TEAM)
    partners = references(Kind.PARTNER)
    sources = graphene.List(graphene.NonNull(graphene.String))
    products = graphene.List(graphene.NonNull(graphene.String))


class OutcomeGrouping(graphene.Enum):
    """What outcomes are grouped by."""

    MONTH = "MONTH"
    PROCESS = "PROCESS"
    MANAGER = "MANAGER"
    TEAM = "TEAM"
    PRODUCT = "PRODUCT"
    LOSS_REASON = "LOSS_REASON"


def _report_arguments() -> dict[str, Any]:
    return {
        "period": graphene.Argument(PeriodInput),
        "filter": graphene.Argument(ReportFilter),
        "as_of": DateTime(description="the world's time: now, if not given"),
        "known_at": DateTime(description="what had been recorded by then: now, if not given"),
    }


def _report(period: Json | None, filter: Json | None, as_of: str | None, known_at: str | None) -> Json:
    payload: dict[str, Any] = {}
    if period:
        payload["period"] = {name.rstrip("_"): day for name, day in period.items() if day is not None}
    if filter:
        payload["filter"] = wire_filter(filter, ReportFilter)
    return payload | {name: at for name, at in (("as_of", as_of), ("known_at", known_at)) if at is not None}


class ReportQueries(graphene.ObjectType):
    """Questions to reporting."""

    funnel = graphene.Field(Funnel, required=True, process=graphene.ID(required=True), **_report_arguments())
    outcomes = graphene.List(
        graphene.NonNull(Outcomes),
        required=True,
        group_by=graphene.Argument(OutcomeGrouping, description="one row, if not given"),
        **_report_arguments(),
    )
    manager_performance = graphene.List(graphene.NonNull(ManagerPerformance), required=True, **_report_arguments())

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
        report = _report(period, filter, as_of, known_at)
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
        payload = _report(period, filter, as_of, known_at) | ({"group_by": group_by} if group_by else {})
        return ask(info.context.services, "reporting", "outcomes", payload).then(lambda answer: answer["rows"])

    def resolve_manager_performance(
        _root: object,
        info: GraphQLResolveInfo,
        period: Json | None = None,
        filter: Json | None = None,
        as_of: str | None = None,
        known_at: str | None = None,
    ) -> Deferred:
        payload = _report(period, filter, as_of, known_at)
        return ask(info.context.services, "reporting", "manager_performance", payload).then(
            lambda answer: answer["rows"]
        )


def funnel_of(funnel: Json, report: Json) -> Json:
    """Tell each stage what it is part of: its lost deals are asked for by the same report, as of the same moment."""
    report = {"as_of": funnel["as_of"], **report}
    origin = {"process_id": funnel["process_id"], "report": report}
    return {**funnel, "stages": [{**stage, **origin} for stage in funnel["stages"]]}
