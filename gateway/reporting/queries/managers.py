"""Questions for figures of managers."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from gateway.execution.deferred import Deferred
from gateway.reporting.queries.arguments import report_arguments, report_of, rows_of
from gateway.reporting.types import ManagerPerformance, ManagerPerformanceReport
from gateway.services import ask


class ManagerReportQueries(graphene.ObjectType):
    """Questions for figures of managers."""

    manager_performance = graphene.List(
        graphene.NonNull(ManagerPerformance),
        required=True,
        description="the rows of managerPerformanceReport alone",
        **report_arguments(),
    )
    manager_performance_report = graphene.Field(ManagerPerformanceReport, required=True, **report_arguments())

    def resolve_manager_performance(
        _root: object,
        info: GraphQLResolveInfo,
        **asked: Any,
    ) -> Deferred:
        return _performance(info, **asked).then(rows_of)

    def resolve_manager_performance_report(
        _root: object,
        info: GraphQLResolveInfo,
        **asked: Any,
    ) -> Deferred:
        return _performance(info, **asked)


def _performance(info: GraphQLResolveInfo, **asked: Any) -> Deferred:
    return ask(info.context.services, "reporting", "manager_performance", report_of(**asked))
