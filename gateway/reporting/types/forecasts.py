"""Forecasts."""

from __future__ import annotations

import graphene

from gateway.shapes.scalars import DateTime, Decimal


class ForecastMethod(graphene.Enum):
    """How deals in progress are weighted: by the probability of the deal or of its stage, or by what closed deals tell."""

    STAGE = "STAGE"
    LEARNED = "LEARNED"


class ForecastRow(graphene.ObjectType):
    """What is won and what is expected; `key` names the group. Amounts are in the base currency."""

    key = graphene.String()
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

    method = ForecastMethod(required=True)
    minimum_deals = graphene.Int(
        required=True, description="how many closed deals a learned frequency needs, to be counted"
    )
    as_of = DateTime(required=True)
    freshness = DateTime(required=True, description="up to when everything that happened is counted")
    currency = graphene.String(required=True)
    rows = graphene.List(graphene.NonNull(ForecastRow), required=True)
