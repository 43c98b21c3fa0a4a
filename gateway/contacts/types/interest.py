"""What partners asked for when they came, and what became of it."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.execution.deferred import Deferred
from gateway.shapes.connections import connection_of
from gateway.shapes.node import Node
from gateway.shapes.scalars import DateTime
from gateway.shapes.values import Money


class InterestStatus(graphene.Enum):
    """Whether what was asked for was sold."""

    OPEN = "OPEN"
    MET = "MET"
    UNMET = "UNMET"


class Interest(graphene.ObjectType):
    """Where a partner came from and what they asked for; `amount` is what it is worth, where that is known."""

    class Meta:
        interfaces = (Node,)

    version = graphene.Int(required=True)
    partner = graphene.Field("gateway.contacts.types.Partner")
    source = graphene.String()
    campaign = graphene.String()
    text = graphene.String()
    amount = graphene.Field(Money)
    status = InterestStatus(required=True)
    reason = graphene.String(description="why it was not met")
    occurred_at = DateTime(required=True)
    recorded_at = DateTime(required=True)
    closed_at = DateTime()

    def resolve_partner(interest: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.partners.load(interest["partner_id"])


InterestConnection: Any = connection_of("Interest", "gateway.contacts.types.Interest")
