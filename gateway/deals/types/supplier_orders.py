"""Supplier orders, and what is short."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.execution.deferred import Deferred
from gateway.shapes.node import Node
from gateway.shapes.scalars import Date, Decimal
from gateway.shapes.values import Money


class ShortageLine(graphene.ObjectType):
    """What is neither in stock nor on its way of a line of a confirmed customer order."""

    order = graphene.Field("gateway.deals.types.CustomerOrder")
    line = graphene.Int(required=True)
    product = graphene.String(required=True)
    quantity = Decimal(required=True)

    def resolve_order(line: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.customer_orders.load(line["order_id"])


class SupplierOrderStatus(graphene.Enum):
    """How far a supplier order is; what had come of a CANCELLED one stays."""

    PLACED = "PLACED"
    PARTLY_RECEIVED = "PARTLY_RECEIVED"
    RECEIVED = "RECEIVED"
    CANCELLED = "CANCELLED"


class SupplierOrderLine(graphene.ObjectType):
    """What is bought, and the line of the customer order that it is bought for."""

    line = graphene.Int(required=True)
    order = graphene.Field("gateway.deals.types.CustomerOrder")
    order_line = graphene.Int(required=True)
    product = graphene.String(required=True)
    quantity = Decimal(required=True)
    received = Decimal(required=True)
    price = graphene.Field(Money)
    amount = graphene.Field(Money)

    def resolve_order(line: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.customer_orders.load(line["order_id"])


class SupplierOrder(graphene.ObjectType):
    """What is bought from a supplier for a deal; without an amount where a price is not known."""

    class Meta:
        interfaces = (Node,)

    version = graphene.Int(required=True)
    number = graphene.String(required=True)
    status = SupplierOrderStatus(required=True)
    deal = graphene.Field("gateway.deals.types.Deal")
    supplier = graphene.Field("gateway.contacts.types.Partner")
    ordered_on = Date(required=True)
    expected_on = Date()
    amount = graphene.Field(Money)
    lines = graphene.List(graphene.NonNull(SupplierOrderLine), required=True)

    def resolve_deal(order: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.deals.load(order["deal_id"])

    def resolve_supplier(order: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.partners.load(order["supplier_id"])
