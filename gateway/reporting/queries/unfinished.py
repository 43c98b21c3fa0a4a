"""Questions for unfinished and coming deals."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.execution.deferred import Deferred
from gateway.reporting.queries.arguments import report_arguments, report_of
from gateway.reporting.types.unfinished import UnfinishedDealsReport
from gateway.services import ask


class UnfinishedQueries(graphene.ObjectType):
    """Questions for unfinished and coming deals."""

    unfinished_deals_report = graphene.Field(
        UnfinishedDealsReport,
        required=True,
        description="by manager; `unfinishedDeals` is the list of now",
        **{name: argument for name, argument in report_arguments().items() if name != "period"},
    )

    def resolve_unfinished_deals_report(
        _root: object,
        info: GraphQLResolveInfo,
        **asked: Any,
    ) -> Deferred:
        report = report_of(**asked)

        def shown(found: Json) -> Json:
            origin = {"as_of": found["as_of"], **report}
            return {**found, "rows": [{**row, "report": origin} for row in found["rows"]]}

        return ask(info.context.services, "reporting", "unfinished_report", report).then(shown)
