"""Questions for figures of managers."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.execution.deferred import Deferred
from gateway.reporting.queries.arguments import report_arguments, report_of
from gateway.reporting.types import ManagerPerformance
from gateway.services import ask


class ManagerReportQueries(graphene.ObjectType):
    """Questions for figures of managers."""

    manager_performance = graphene.List(graphene.NonNull(ManagerPerformance), required=True, **report_arguments())

    def resolve_manager_performance(
        _root: object,
        info: GraphQLResolveInfo,
        period: Json | None = None,
        filter: Json | None = None,
        as_of: str | None = None,
        known_at: str | None = None,
    ) -> Deferred:
        payload = report_of(period, filter, as_of, known_at)
        return ask(info.context.services, "reporting", "manager_performance", payload).then(
            lambda answer: answer["rows"]
        )
