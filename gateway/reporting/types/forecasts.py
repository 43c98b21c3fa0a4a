"""Forecasts."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.execution.deferred import Deferred
from gateway.kinds import Kind, names_a
from gateway.reporting.types.moment import OfMoment
from gateway.shapes.connections import connection_of
from gateway.shapes.scalars import Date, DateTime, Decimal
from gateway.shapes.values import Ratio


class ForecastMethod(graphene.Enum):
    """How deals in progress are weighted: by the probability of the deal or of its stage, or by what closed deals tell."""

    STAGE = "STAGE"
    LEARNED = "LEARNED"


class OfGroup(graphene.Interface):
    """What is told of one group; `key` names it."""

    key = graphene.String()
    manager = graphene.Field("gateway.contacts.types.Manager", description="of a row by manager")
    team = graphene.Field("gateway.contacts.types.Team", description="of a row by team")

    def resolve_manager(row: Any, info: GraphQLResolveInfo) -> Deferred | None:
        key = row["key"]
        return info.context.loaders.managers.load(key) if key and names_a(Kind.MANAGER, key) else None

    def resolve_team(row: Any, info: GraphQLResolveInfo) -> Deferred | None:
        key = row["key"]
        return info.context.loaders.teams.load(key) if key and names_a(Kind.TEAM, key) else None


class ForecastRow(graphene.ObjectType):
    """What is won and what is expected; `key` names the group. Amounts are in the base currency."""

    class Meta:
        interfaces = (OfGroup,)

    won = graphene.Int(required=True, description="deals won in the period so far")
    won_amount = Decimal(required=True)
    open = graphene.Int(required=True, description="deals in progress that are expected to close in the period")
    open_amount = Decimal(required=True)
    weighted_amount = Decimal(required=True, description="the sum of the open amounts, each times its probability")
    forecast_amount = Decimal(required=True, description="wonAmount and weightedAmount together")
    overdue = graphene.Int(required=True, description="open deals that were expected to close before now; they are in")
    without_amount = graphene.Int(required=True, description="open deals that have no amount")
    without_probability = graphene.Int(required=True, description="open deals with an amount and no probability")
    without_close_date = graphene.Int(
        required=True, description="deals in progress with no day of expected close: in the forecast of no period"
    )
    unconverted = graphene.Int(required=True, description="amounts left out for want of a rate")


class Forecast(graphene.ObjectType):
    """What will be won in a period, as seen at a moment."""

    class Meta:
        interfaces = (OfMoment,)

    method = ForecastMethod(required=True)
    minimum_deals = graphene.Int(
        required=True, description="how many closed deals a learned frequency needs, to be counted"
    )
    currency = graphene.String(required=True)
    rows = graphene.List(graphene.NonNull(ForecastRow), required=True)


class ForecastSnapshot(graphene.ObjectType):
    """The forecast of a period as it was at a moment; nothing changes it any more."""

    id = graphene.ID(required=True)
    taken_at = DateTime(required=True)
    from_ = Date(required=True, name="from")
    to = Date(required=True, description="the first day after the period")
    method = ForecastMethod(required=True)
    minimum_deals = graphene.Int(required=True)
    currency = graphene.String(required=True)
    rows = graphene.List(graphene.NonNull(ForecastRow), required=True)

    def resolve_from_(snapshot: Json, _info: GraphQLResolveInfo) -> str:
        return str(snapshot["from"])


ForecastSnapshotConnection: Any = connection_of(
    "ForecastSnapshot", "gateway.reporting.types.forecasts.ForecastSnapshot"
)


class ForecastAccuracyRow(graphene.ObjectType):
    """The first forecast that was kept of a period, and what was won in it at the rates of then."""

    class Meta:
        interfaces = (OfGroup,)

    snapshot = graphene.ID(required=True)
    taken_at = DateTime(required=True)
    from_ = Date(required=True, name="from")
    to = Date(required=True)
    forecast_amount = Decimal(required=True)
    actual_amount = Decimal(required=True)
    unconverted = graphene.Int(required=True, description="won deals whose currency had no rate as it was taken")
    accuracy = graphene.Field(
        Ratio, required=True, description="max(0, 1 − |F−A| / A); where nothing was won, 1 if nothing was forecast"
    )
    bias = graphene.Field(Ratio, required=True, description="(F−A) / A")

    def resolve_from_(row: Json, _info: GraphQLResolveInfo) -> str:
        return str(row["from"])

    def resolve_snapshot(row: Json, _info: GraphQLResolveInfo) -> str:
        return str(row["snapshot_id"])


class ForecastAccuracy(graphene.ObjectType):
    """How near forecasts came, of periods that are over; `overall` is that of all rows: 1 − Σ|F−A| / ΣA."""

    class Meta:
        interfaces = (OfMoment,)

    currency = graphene.String(required=True)
    overall = graphene.Field(Ratio, required=True)
    rows = graphene.List(graphene.NonNull(ForecastAccuracyRow), required=True)


class CalibrationBin(graphene.ObjectType):
    """Deals whose probability lay in a tenth: from `above` on and before `upTo`; the last one holds certainty too."""

    above = graphene.Float(required=True)
    up_to = graphene.Float(required=True)
    deals = graphene.Int(required=True)
    foretold = graphene.Float(description="the mean of the probabilities")
    won = graphene.Field(Ratio, required=True)


class ForecastCalibration(graphene.ObjectType):
    """Whether deals were won as often as was foretold, of those that have closed since."""

    class Meta:
        interfaces = (OfMoment,)

    deals = graphene.Int(required=True)
    brier = graphene.Float(description="the mean of (probability − outcome)²: 0 is perfect")
    bins = graphene.List(graphene.NonNull(CalibrationBin), required=True)
