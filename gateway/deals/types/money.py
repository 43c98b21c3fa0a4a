"""Exchange rates, and what deals are worth together."""

from __future__ import annotations

from typing import Any

import graphene

from gateway.shapes.connections import connection_of
from gateway.shapes.scalars import Date, DateTime, Decimal


class DealTotal(graphene.ObjectType):
    """What all deals of a list in one currency are worth; `unconverted` of them are not in `base`, for want of a rate."""

    currency = graphene.String(required=True)
    amount = Decimal(required=True)
    count = graphene.Int(required=True)
    base = Decimal(required=True)
    unconverted = graphene.Int(required=True)


class ExchangeRate(graphene.ObjectType):
    """How much of the base currency one of a currency is worth, from a day until the next rate."""

    id = graphene.ID(required=True)
    currency = graphene.String(required=True)
    base_currency = graphene.String(required=True)
    date = Date(required=True)
    rate = Decimal(required=True)
    source = graphene.String()
    corrected = graphene.Boolean(required=True, description="another rate of the day has taken its place")
    recorded_at = DateTime(required=True)


ExchangeRateConnection: Any = connection_of("ExchangeRate", "gateway.deals.types.ExchangeRate")
