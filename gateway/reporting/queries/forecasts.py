"""Questions for what is expected."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.errors import Refused
from chassis.wire import Json
from gateway.execution.deferred import Deferred
from gateway.kinds import Kind, names_a
from gateway.references import not_found
from gateway.reporting.queries.arguments import report_arguments, report_of
from gateway.reporting.types.forecasts import Forecast, ForecastMethod
from gateway.services import ask


class ForecastGrouping(graphene.Enum):
    """What forecasts are grouped by: a month is that of the expected close, of won deals that of the close."""

    PROCESS = "PROCESS"
    MANAGER = "MANAGER"
    TEAM = "TEAM"
    MONTH = "MONTH"


class ForecastQueries(graphene.ObjectType):
    """Questions for what is expected."""

    forecast = graphene.Field(
        Forecast,
        required=True,
        process=graphene.Argument(graphene.ID, description="any version of it; all processes, if not given"),
        method=graphene.Argument(ForecastMethod, default_value="STAGE"),
        group_by=graphene.Argument(ForecastGrouping, description="one row, if not given"),
        minimum_deals=graphene.Argument(graphene.Int, description="20, if not given"),
        **report_arguments(),
    )

    def resolve_forecast(
        _root: object,
        info: GraphQLResolveInfo,
        method: str,
        process: str | None = None,
        group_by: str | None = None,
        minimum_deals: int | None = None,
        period: Json | None = None,
        filter: Json | None = None,
        as_of: str | None = None,
        known_at: str | None = None,
    ) -> Deferred:
        if process is not None and not names_a(Kind.PROCESS, process):
            raise Refused(not_found(("process",), Kind.PROCESS, process))
        more = {"process_id": process, "group_by": group_by, "minimum_deals": minimum_deals}
        payload = report_of(period, filter, as_of, known_at) | {
            "method": method,
            **{name: value for name, value in more.items() if value is not None},
        }
        return ask(info.context.services, "reporting", "forecast", payload)
