"""registerExchangeRates."""

from __future__ import annotations

import graphene

from gateway.commands import import_results, mutation
from gateway.shapes.imports import ImportPayload
from gateway.shapes.scalars import Date, Decimal


class ExchangeRateRow(graphene.InputObjectType):
    """What one of a currency is worth in the base currency, from a day on."""

    currency = graphene.String(required=True)
    date = Date(required=True)
    rate = Decimal(required=True, description="above 0, with at most 10 decimal digits")


class RegisterExchangeRatesInput(graphene.InputObjectType):
    """Up to 500 rates, and where they are from."""

    rows = graphene.List(graphene.NonNull(ExchangeRateRow), required=True)
    source = graphene.String()
    idempotency_key = graphene.String()


register_exchange_rates = mutation(
    "deals",
    "register_exchange_rates",
    takes=RegisterExchangeRatesInput,
    gives=ImportPayload,
    read=import_results,
    description="Register exchange rates; one of a day that has another corrects it, and deals get the base amounts of "
    "it. Needs the scope `import` or `admin`.",
)
