"""Hand-overs of deals that are set for a day to come."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.execution.deferred import Deferred
from gateway.shapes.node import Node
from gateway.shapes.scalars import Date


class PlannedHandOver(graphene.ObjectType):
    """Deals that go to another manager as a day begins; without `deals` it is all that are in progress by then."""

    class Meta:
        interfaces = (Node,)

    from_manager = graphene.Field("gateway.contacts.types.Manager")
    to_manager = graphene.Field("gateway.contacts.types.Manager")
    deals = graphene.List("gateway.deals.types.Deal", description="null for one that is not there any more")
    on = Date(required=True)

    def resolve_from_manager(planned: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.managers.load(planned["from_manager_id"])

    def resolve_to_manager(planned: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.managers.load(planned["to_manager_id"])

    def resolve_deals(planned: Json, info: GraphQLResolveInfo) -> Deferred | None:
        ids = planned["deal_ids"]
        return info.context.loaders.deals.load_many(ids) if ids is not None else None
