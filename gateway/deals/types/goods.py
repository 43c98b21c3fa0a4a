"""Goods that leave and goods that come back."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.execution.deferred import Deferred
from gateway.shapes.node import Node
from gateway.shapes.scalars import Date, Decimal
from gateway.shapes.values import Money


class GoodsLine(graphene.ObjectType):
    """So much of a line of a customer order."""

    order = graphene.Field("gateway.deals.types.CustomerOrder")
    line = graphene.Int(required=True)
    product = graphene.String(required=True)
    quantity = Decimal(required=True)
    returned = Decimal(required=True)
    amount = graphene.Field(Money, required=True)

    def resolve_order(line: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.customer_orders.load(line["order_id"])


class Shipment(graphene.ObjectType):
    """Goods that have left; `complete` says that it was all that was left of what was ordered.

    One that was registered without lines has neither lines nor an amount.
    """

    class Meta:
        interfaces = (Node,)

    deal = graphene.Field("gateway.deals.types.Deal")
    order = graphene.Field("gateway.deals.types.CustomerOrder")
    number = graphene.String(required=True)
    shipped_on = Date(required=True)
    complete = graphene.Boolean(required=True)
    amount = graphene.Field(Money)
    lines = graphene.List(graphene.NonNull(GoodsLine), required=True)

    def resolve_deal(shipment: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.deals.load(shipment["deal_id"])

    def resolve_order(shipment: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.customer_orders.load(shipment["order_id"])


class Return(graphene.ObjectType):
    """Goods of a shipment that came back."""

    id = graphene.ID(required=True)
    deal = graphene.Field("gateway.deals.types.Deal")
    shipment = graphene.Field(Shipment)
    number = graphene.String(required=True)
    returned_on = Date(required=True)
    amount = graphene.Field(Money, required=True)
    lines = graphene.List(graphene.NonNull(GoodsLine), required=True)

    def resolve_deal(returned: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.deals.load(returned["deal_id"])

    def resolve_shipment(returned: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.shipments.load(returned["shipment_id"])
