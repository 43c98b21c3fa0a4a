"""Customer orders."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.deals.types.files import DealFile
from gateway.deals.types.goods import Return, Shipment
from gateway.deals.types.obligations import Obligation, Payment
from gateway.deals.types.supplier_orders import ShortageLine, SupplierOrder
from gateway.execution.deferred import Deferred
from gateway.shapes.node import Node
from gateway.shapes.scalars import Date, DateTime, Decimal
from gateway.shapes.values import ExternalRef, Money


class CustomerOrderStatus(graphene.Enum):
    """How far an order is; CLOSED is shipped and paid."""

    DRAFT = "DRAFT"
    CONFIRMED = "CONFIRMED"
    CLOSED = "CLOSED"
    CANCELLED = "CANCELLED"


class CustomerOrderLine(graphene.ObjectType):
    """What is ordered; `line` is its number, which it keeps when the order changes."""

    line = graphene.Int(required=True)
    product = graphene.String(required=True)
    quantity = Decimal(required=True)
    price = graphene.Field(Money, required=True)
    discount_percent = Decimal()
    tax_percent = Decimal()
    in_stock = Decimal(required=True, description="how much of it is there already, as we were told")
    shipped = Decimal(required=True, description="less what came back")
    procured = Decimal(required=True, description="on supplier orders, or received from them")
    promised_on = Date()
    net = graphene.Field(Money, required=True)
    tax = graphene.Field(Money, required=True)
    amount = graphene.Field(Money, required=True, description="with tax")


class CustomerOrder(graphene.ObjectType):
    """What a client ordered within a deal."""

    class Meta:
        interfaces = (Node,)

    version = graphene.Int(required=True)
    number = graphene.String(required=True)
    status = CustomerOrderStatus(required=True)
    deal = graphene.Field("gateway.deals.types.Deal")
    ordered_on = Date(required=True)
    promised_on = Date()
    payment_due_on = Date()
    confirmed_at = DateTime()
    external_ref = graphene.Field(ExternalRef)
    prices_include_tax = graphene.Boolean(required=True)
    tax_included = graphene.Boolean(required=True, deprecation_reason="it is pricesIncludeTax everywhere")
    net = graphene.Field(Money, required=True)
    tax = graphene.Field(Money, required=True)
    amount = graphene.Field(Money, required=True, description="with tax")
    lines = graphene.List(graphene.NonNull(CustomerOrderLine), required=True)

    def resolve_deal(order: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.deals.load(order["deal_id"])

    def resolve_tax_included(order: Json, info: GraphQLResolveInfo) -> bool:
        return bool(order["prices_include_tax"])


class WithOrders:
    """What a deal shows of its orders and of what follows from them."""

    customer_orders = graphene.List(graphene.NonNull(CustomerOrder), required=True)
    shipments = graphene.List(graphene.NonNull(Shipment), required=True)
    returns = graphene.List(graphene.NonNull(Return), required=True)
    payments = graphene.List(graphene.NonNull(Payment), required=True)
    supplier_orders = graphene.List(graphene.NonNull(SupplierOrder), required=True)
    shortage = graphene.List(graphene.NonNull(ShortageLine), required=True)
    files = graphene.List(graphene.NonNull(DealFile), required=True)
    obligations = graphene.List(graphene.NonNull(Obligation), required=True)

    def resolve_customer_orders(deal: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.orders_of_deals.load(deal["id"])

    def resolve_shipments(deal: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.shipments_of_deals.load(deal["id"])

    def resolve_returns(deal: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.returns_of_deals.load(deal["id"])

    def resolve_payments(deal: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.payments_of_deals.load(deal["id"])

    def resolve_obligations(deal: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.obligations_of_deals.load(deal["id"])

    def resolve_supplier_orders(deal: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.supplier_orders_of_deals.load(deal["id"])

    def resolve_shortage(deal: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.shortages_of_deals.load(deal["id"])

    def resolve_files(deal: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.files_of_deals.load(deal["id"])
