"""Deals that changed hands, and the parts that their owners have in them."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.contacts.types import Manager
from gateway.deals.filters import DealOutcome
from gateway.execution.deferred import Deferred
from gateway.reporting.types.moment import OfMoment
from gateway.shapes.connections import connection_of
from gateway.shapes.scalars import DateTime, Decimal


class DealHandOver(graphene.ObjectType):
    """That a deal of one manager became that of another."""

    deal = graphene.Field(
        "gateway.deals.types.Deal", description="as it is now; null where it is not within reach any more"
    )
    at = DateTime(required=True)
    from_ = graphene.Field(Manager, name="from")
    to = graphene.Field(Manager)
    amount = Decimal(description="what the deal was worth then; null for want of a rate")
    currency = graphene.String(required=True)

    def resolve_deal(row: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.deals.load(row["deal_id"])

    def resolve_from_(row: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.managers.load(row["from_id"])

    def resolve_to(row: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.managers.load(row["to_id"])


DealHandOverConnection: Any = connection_of("DealHandOver", "gateway.reporting.types.hand_overs.DealHandOver")


class DealPart(graphene.ObjectType):
    """The time in which a deal was one owner's, or nobody's, and what happened in it."""

    manager = graphene.Field(Manager)
    since = DateTime(required=True)
    until = DateTime(description="when it became another's; null: it is theirs still")
    days = graphene.Float(required=True, description="until then, or until the deal was closed, or until the moment")
    stages = graphene.List(
        graphene.NonNull(graphene.String), required=True, description="keys of the stages that it entered in this time"
    )
    interactions = graphene.Int(required=True, description="about the deal in this time, in which the owner took part")
    outcome = DealOutcome(description="of the close that still holds, where it falls into this part")
    won_amount = Decimal(description="what the owner is credited with")

    def resolve_manager(part: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.managers.load(part["manager_id"])


class DealParts(graphene.ObjectType):
    """What each owner of a deal did in it, as of a moment."""

    class Meta:
        interfaces = (OfMoment,)

    deal = graphene.Field("gateway.deals.types.Deal", description="as it is now")
    currency = graphene.String(required=True)
    parts = graphene.List(graphene.NonNull(DealPart), required=True)

    def resolve_deal(found: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.deals.load(found["deal_id"])
