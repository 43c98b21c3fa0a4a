"""raiseSupplierOrders, receiveSupplierOrder and cancelSupplierOrder."""

from __future__ import annotations

import graphene

from gateway.commands import as_given, mutation, whole
from gateway.deals.types import SupplierOrder
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload
from gateway.shapes.scalars import Date, Decimal
from gateway.shapes.values import MoneyInput


class PurchaseInput(graphene.InputObjectType):
    """A line of a customer order that is short: how much of it to buy (all, if not said), of whom, at what price."""

    order = reference(Kind.CUSTOMER_ORDER)
    line = graphene.Int(required=True)
    supplier = reference(Kind.PARTNER)
    quantity = Decimal()
    price = graphene.InputField(MoneyInput)


class PreferredSupplierInput(graphene.InputObjectType):
    """Of whom a product is bought where a line names nobody, and at what price."""

    product = graphene.String(required=True)
    supplier = reference(Kind.PARTNER, required=True)
    price = graphene.InputField(MoneyInput)


class RaiseSupplierOrdersInput(graphene.InputObjectType):
    """What to buy of what is short in a deal: these lines, or with none named all of it."""

    deal = reference(Kind.DEAL, required=True)
    lines = graphene.List(graphene.NonNull(PurchaseInput))
    suppliers = graphene.List(graphene.NonNull(PreferredSupplierInput))
    ordered_on = Date()
    expected_on = Date()
    idempotency_key = graphene.String()


class RaiseSupplierOrdersPayload(Payload):
    """An order for each supplier, or what to put right."""

    supplier_orders = graphene.List(graphene.NonNull(SupplierOrder))


class ReceivedLineInput(graphene.InputObjectType):
    """So much that came of a line of a supplier order, by its number."""

    line = graphene.Int(required=True)
    quantity = Decimal(required=True)


class ReceiveSupplierOrderInput(graphene.InputObjectType):
    """Goods that came: these, or with no lines named all that was still to come."""

    supplier_order = reference(Kind.SUPPLIER_ORDER, required=True)
    lines = graphene.List(graphene.NonNull(ReceivedLineInput))
    received_on = Date()
    expected_version = graphene.Int()
    idempotency_key = graphene.String()


class ReceiveSupplierOrderPayload(Payload):
    """The order, or what to put right."""

    supplier_order = graphene.Field(SupplierOrder)


class CancelSupplierOrderInput(graphene.InputObjectType):
    """An order of which no more is to come."""

    supplier_order = reference(Kind.SUPPLIER_ORDER, required=True)
    expected_version = graphene.Int()
    idempotency_key = graphene.String()


class CancelSupplierOrderPayload(Payload):
    """The order, or what to put right."""

    supplier_order = graphene.Field(SupplierOrder)


raise_supplier_orders = mutation(
    "deals",
    "raise_supplier_orders",
    takes=RaiseSupplierOrdersInput,
    gives=RaiseSupplierOrdersPayload,
    read=as_given,
    description="Order what is short in a deal, split by supplier and linked back to what it is bought for.",
)

receive_supplier_order = mutation(
    "deals",
    "receive_supplier_order",
    takes=ReceiveSupplierOrderInput,
    gives=ReceiveSupplierOrderPayload,
    read=whole("supplier_order"),
    description="Register goods that came from a supplier.",
)

cancel_supplier_order = mutation(
    "deals",
    "cancel_supplier_order",
    takes=CancelSupplierOrderInput,
    gives=CancelSupplierOrderPayload,
    read=whole("supplier_order"),
    description="Cancel a supplier order: what has not come is short again.",
)
