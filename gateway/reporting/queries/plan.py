"""The question for plan against fact."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.deals.types import TargetMeasure
from gateway.execution.deferred import Deferred
from gateway.kinds import Kind
from gateway.references import references
from gateway.reporting.queries.arguments import report_arguments, report_of
from gateway.reporting.types import PlanAgainstFact
from gateway.services import ask
from gateway.shapes.filters import wire_filter


class PlanFilter(graphene.InputObjectType):
    """Whose targets, and of what; what is not given does not matter, an empty list lets nothing through."""

    managers = references(Kind.MANAGER)
    teams = references(Kind.TEAM, description="with the teams below them, and their managers")
    measures = graphene.List(graphene.NonNull(TargetMeasure))


class PlanQueries(graphene.ObjectType):
    """The question for plan against fact."""

    plan_against_fact = graphene.Field(
        PlanAgainstFact,
        required=True,
        description="what managers and teams were to achieve and did: of targets wholly within the period",
        **{**report_arguments(), "filter": graphene.Argument(PlanFilter)},
    )

    def resolve_plan_against_fact(
        _root: object, info: GraphQLResolveInfo, filter: Json | None = None, **asked: Any
    ) -> Deferred:
        payload = report_of(**asked)
        if filter:
            payload["filter"] = wire_filter(filter, PlanFilter)
        return ask(info.context.services, "reporting", "plan_against_fact", payload)
