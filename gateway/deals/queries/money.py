"""Questions about exchange rates."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.deals.types import (
    ExchangeRateConnection,
)
from gateway.execution.deferred import Deferred
from gateway.services import ask
from gateway.shapes.connections import connected, page_arguments, page_request
from gateway.shapes.scalars import Date
from gateway.shapes.values import Money, MoneyInput, PeriodInput


class MoneyQueries(graphene.ObjectType):
    """Questions to exchange rates."""

    exchange_rates = graphene.Field(
        ExchangeRateConnection,
        required=True,
        description="rates in the base currency, the newest days first",
        currency=graphene.String(description="of this one only"),
        period=graphene.Argument(PeriodInput),
        corrected=graphene.Boolean(description="also rates that were corrected since"),
        **page_arguments(),
    )
    convert = graphene.Field(
        Money,
        required=True,
        description="money with what it is in the base currency at the rate in force on a day",
        money=graphene.Argument(MoneyInput, required=True),
        on=graphene.Argument(Date, description="today, if not said"),
    )

    def resolve_exchange_rates(
        _root: object,
        info: GraphQLResolveInfo,
        currency: str | None = None,
        period: Json | None = None,
        corrected: bool | None = None,
        first: int | None = None,
        after: str | None = None,
    ) -> Deferred:
        given = period or {}
        payload = {
            "currency": currency,
            "period": {"since": given.get("from_"), "until": given.get("to")},
            "corrected": bool(corrected),
            "page": page_request(info, first, after),
        }
        return connected(ask(info.context.services, "deals", "list_exchange_rates", payload), after)

    def resolve_convert(_root: object, info: GraphQLResolveInfo, money: Json, on: str | None = None) -> Deferred:
        return ask(info.context.services, "deals", "convert", {"money": money, "on": on})
