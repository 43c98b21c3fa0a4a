"""Payments and obligations."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.execution.deferred import Deferred
from gateway.shapes.connections import connection_of
from gateway.shapes.node import Node
from gateway.shapes.scalars import Date, Decimal
from gateway.shapes.values import ExternalRef, Money


class Payment(graphene.ObjectType):
    """Money received; `unallocated` waits for something to be due."""

    class Meta:
        interfaces = (Node,)

    version = graphene.Int(required=True)
    number = graphene.String(required=True)
    deal = graphene.Field("gateway.deals.types.Deal")
    order = graphene.Field("gateway.deals.types.CustomerOrder")
    amount = graphene.Field(Money, required=True)
    allocated = graphene.Field(Money, required=True)
    unallocated = graphene.Field(Money, required=True)
    paid_on = Date(required=True)
    reversed_on = Date()
    external_ref = graphene.Field(ExternalRef)

    def resolve_deal(payment: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.deals.load(payment["deal_id"])

    def resolve_order(payment: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.customer_orders.load(payment["order_id"])


class Debtor(graphene.Enum):
    """Who owes."""

    CLIENT = "CLIENT"
    US = "US"


class ObligationKind(graphene.Enum):
    """What is owed: money, goods, or papers that come back."""

    PAYMENT = "PAYMENT"
    SHIPMENT = "SHIPMENT"
    DOCUMENTS = "DOCUMENTS"


class ObligationStatus(graphene.Enum):
    """How an obligation stands."""

    OPEN = "OPEN"
    FULFILLED = "FULFILLED"
    CANCELLED = "CANCELLED"


class Fulfilment(graphene.ObjectType):
    """A part of an obligation that was fulfilled on a day; less than zero takes as much of it back."""

    id = graphene.ID(required=True)
    amount = graphene.Field(Money)
    quantity = Decimal()
    fulfilled_on = Date(required=True)
    payment = graphene.Field(Payment)
    shipment = graphene.Field("gateway.deals.types.Shipment")

    def resolve_payment(part: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.payments.load(part["payment_id"])

    def resolve_shipment(part: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.shipments.load(part["shipment_id"])


class Obligation(graphene.ObjectType):
    """What somebody owes by a day, in money or as a quantity; punctuality is measured by the original day."""

    class Meta:
        interfaces = (Node,)

    version = graphene.Int(required=True)
    deal = graphene.Field("gateway.deals.types.Deal")
    order = graphene.Field("gateway.deals.types.CustomerOrder")
    line = graphene.Int(description="the number of the order's line")
    debtor = Debtor(required=True)
    kind = ObligationKind(required=True)
    status = ObligationStatus(required=True)
    amount = graphene.Field(Money)
    quantity = Decimal()
    fulfilled_amount = graphene.Field(Money)
    fulfilled_quantity = Decimal()
    due_on = Date(required=True)
    original_due_on = Date(required=True)
    overdue = graphene.Boolean(required=True)
    note = graphene.String()
    fulfilments = graphene.List(graphene.NonNull(Fulfilment), required=True)

    def resolve_deal(obligation: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.deals.load(obligation["deal_id"])

    def resolve_order(obligation: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.customer_orders.load(obligation["order_id"])


ObligationConnection: Any = connection_of("Obligation", "gateway.deals.types.Obligation")
