"""What clients prefer."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.execution.deferred import Deferred
from gateway.shapes.node import Node
from gateway.shapes.scalars import Date, DateTime, Decimal


class PreferenceKind(graphene.Enum):
    """What someone may have a preference in."""

    CATEGORY = "CATEGORY"
    BRAND = "BRAND"
    PRICE_BAND = "PRICE_BAND"
    CHANNEL = "CHANNEL"
    DELIVERY = "DELIVERY"


class PreferenceSource(graphene.Enum):
    """Whether the client said so, or their purchases show it."""

    STATED = "STATED"
    DERIVED = "DERIVED"


class Preference(graphene.ObjectType):
    """What a partner prefers, from a day on: `value` is a key, `weight`, from 0 to 1, says how much it counts."""

    class Meta:
        interfaces = (Node,)

    version = graphene.Int(required=True)
    partner = graphene.Field("gateway.contacts.types.Partner")
    kind = PreferenceKind(required=True)
    value = graphene.String(required=True)
    weight = Decimal(required=True)
    source = PreferenceSource(required=True)
    valid_from = Date(required=True)
    valid_to = Date(description="the first day on which it holds no more")
    recorded_at = DateTime(required=True)

    def resolve_partner(preference: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.partners.load(preference["partner_id"])
