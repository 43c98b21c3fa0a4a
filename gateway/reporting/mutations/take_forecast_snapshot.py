"""takeForecastSnapshot."""

from __future__ import annotations

import graphene

from chassis.wire import Json
from gateway.commands import field, idempotency_key, without_nulls
from gateway.references import checked
from gateway.reporting.types.forecasts import ForecastMethod
from gateway.services import Services
from gateway.shapes.problems import Payload
from gateway.shapes.scalars import Date


class ForecastPeriodInput(graphene.InputObjectType):
    """Business days, half-open: the first one in it, and the first one after it; two years at most."""

    from_ = Date(required=True, name="from")
    to = Date(required=True)


class TakeForecastSnapshotInput(graphene.InputObjectType):
    """Of which period, and how deals are weighted."""

    period = graphene.InputField(ForecastPeriodInput, required=True)
    method = ForecastMethod()
    minimum_deals = graphene.Int(description="20, if not given")
    idempotency_key = graphene.String()


class TakeForecastSnapshotPayload(Payload):
    """The snapshot, which forecastSnapshots lists, or what to put right."""

    id = graphene.ID()


def _take(services: Services, input: Json) -> Json:
    key = idempotency_key(input)
    payload = checked(services, "reporting", without_nulls(input), TakeForecastSnapshotInput)
    payload["period"] = {
        name.rstrip("_"): day for name, day in payload["period"].items()
    }  # "from" is a keyword of Python
    return dict(services.send("reporting", "take_forecast_snapshot", payload, key).result())


take_forecast_snapshot = field(
    _take,
    takes=TakeForecastSnapshotInput,
    gives=TakeForecastSnapshotPayload,
    description="Keep the forecast of a period as it is now, of all deals; who does not see them all may not. The "
    "forecasts of the month are kept by themselves each business day, those of the quarter on the first one of a month.",
)
