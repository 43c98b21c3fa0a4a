"""Questions for what is expected."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.execution.deferred import Deferred
from gateway.reporting.queries.arguments import process_of, report_arguments, report_of
from gateway.reporting.types.forecasts import (
    Forecast,
    ForecastAccuracy,
    ForecastCalibration,
    ForecastMethod,
    ForecastSnapshotConnection,
)
from gateway.services import ask
from gateway.shapes.connections import connected, page_arguments, page_request


class ForecastGrouping(graphene.Enum):
    """What forecasts are grouped by: a month is that of the expected close, of won deals that of the close."""

    PROCESS = "PROCESS"
    MANAGER = "MANAGER"
    TEAM = "TEAM"
    MONTH = "MONTH"


class KeptForecastGrouping(graphene.Enum):
    """What forecasts that were kept are grouped by."""

    PROCESS = "PROCESS"
    MANAGER = "MANAGER"
    TEAM = "TEAM"


def _kept_arguments(*, grouped: bool = True) -> dict[str, Any]:
    """Give the arguments of questions about snapshots, whose periods lie within the period."""
    return {
        "process": graphene.Argument(graphene.ID, description="any version of it; all processes, if not given"),
        "method": graphene.Argument(ForecastMethod, default_value="STAGE"),
        **({"group_by": graphene.Argument(KeptForecastGrouping)} if grouped else {}),
        **report_arguments(),
    }


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

    forecast_snapshots = graphene.Field(
        ForecastSnapshotConnection,
        required=True,
        description="forecasts as they were, of periods within the period, the last taken first",
        **_kept_arguments(),
        **page_arguments(),
    )
    forecast_accuracy = graphene.Field(ForecastAccuracy, required=True, **_kept_arguments())
    forecast_calibration = graphene.Field(ForecastCalibration, required=True, **_kept_arguments(grouped=False))

    def resolve_forecast(
        _root: object,
        info: GraphQLResolveInfo,
        method: str,
        process: str | None = None,
        group_by: str | None = None,
        minimum_deals: int | None = None,
        **asked: Any,
    ) -> Deferred:
        payload = _payload(process, report_of(**asked), method=method, group_by=group_by)
        more = {"minimum_deals": minimum_deals} if minimum_deals is not None else {}
        return ask(info.context.services, "reporting", "forecast", payload | more)

    def resolve_forecast_snapshots(
        _root: object,
        info: GraphQLResolveInfo,
        method: str,
        process: str | None = None,
        group_by: str | None = None,
        first: int | None = None,
        after: str | None = None,
        **asked: Any,
    ) -> Deferred:
        payload = _payload(process, report_of(**asked), method=method, group_by=group_by)
        payload["page"] = page_request(info, first, after)
        return connected(ask(info.context.services, "reporting", "forecast_snapshots", payload), after)

    def resolve_forecast_accuracy(
        _root: object,
        info: GraphQLResolveInfo,
        method: str,
        process: str | None = None,
        group_by: str | None = None,
        **asked: Any,
    ) -> Deferred:
        payload = _payload(process, report_of(**asked), method=method, group_by=group_by)
        return ask(info.context.services, "reporting", "forecast_accuracy", payload)

    def resolve_forecast_calibration(
        _root: object,
        info: GraphQLResolveInfo,
        method: str,
        process: str | None = None,
        **asked: Any,
    ) -> Deferred:
        payload = _payload(process, report_of(**asked), method=method)
        return ask(info.context.services, "reporting", "forecast_calibration", payload)


def _payload(process: str | None, report: Json, **more: str | None) -> dict[str, Any]:
    given = {"process_id": process_of(process) if process is not None else None, **more}
    return {**report, **{name: value for name, value in given.items() if value is not None}}
