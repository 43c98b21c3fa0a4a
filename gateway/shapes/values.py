"""Money, ratios, references to other systems, periods."""

from __future__ import annotations

import graphene

from gateway.shapes.scalars import Date, Decimal


class Money(graphene.ObjectType):
    """An amount of money; `base` is the same in the enterprise's base currency, where a rate is known."""

    amount = Decimal(required=True)
    currency = graphene.String(required=True)
    base = Decimal()


class Ratio(graphene.ObjectType):
    """A share with the two numbers it came from; null where the denominator is zero."""

    value = graphene.Float()
    numerator = Decimal(required=True)
    denominator = Decimal(required=True)


class ExternalRef(graphene.ObjectType):
    """The id of a thing in the system it came from."""

    system = graphene.String(required=True)
    id = graphene.String(required=True)


class MoneyInput(graphene.InputObjectType):
    """An amount of money in a currency of ISO 4217."""

    amount = Decimal(required=True)
    currency = graphene.String(required=True)


class ExternalRefInput(graphene.InputObjectType):
    """The id of a thing in the system it came from."""

    system = graphene.String(required=True)
    id = graphene.String(required=True)


class PeriodInput(graphene.InputObjectType):
    """Half-open, from ≤ t < to, in the business time zone."""

    # "from" is a keyword of Python
    from_ = graphene.InputField(Date, name="from")
    to = Date()
