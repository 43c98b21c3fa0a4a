"""Questions for figures of managers."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

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
        **asked: Any,
    ) -> Deferred:
        payload = report_of(**asked)
        return ask(info.context.services, "reporting", "manager_performance", payload).then(
            lambda answer: answer["rows"]
        )
