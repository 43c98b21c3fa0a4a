"""Sale terms."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.execution.deferred import Deferred
from gateway.shapes.connections import connection_of
from gateway.shapes.node import Node
from gateway.shapes.scalars import Date, Decimal
from gateway.shapes.values import Money


class SaleTermsKind(graphene.Enum):
    """For whom terms are: TYPICAL for the partners of a segment, INDIVIDUAL for one partner or one deal of theirs."""

    TYPICAL = "TYPICAL"
    INDIVIDUAL = "INDIVIDUAL"


class PaymentBasis(graphene.Enum):
    """From what the days of a payment are counted."""

    ORDER = "ORDER"
    SHIPMENT = "SHIPMENT"


class DeliveryTerms(graphene.Enum):
    """The rules of Incoterms 2020."""

    EXW = "EXW"
    FCA = "FCA"
    FAS = "FAS"
    FOB = "FOB"
    CFR = "CFR"
    CIF = "CIF"
    CPT = "CPT"
    CIP = "CIP"
    DAP = "DAP"
    DPU = "DPU"
    DDP = "DDP"


class Instalment(graphene.ObjectType):
    """A part of what is to be paid, due so many days after the order or the shipment."""

    percent = Decimal(required=True)
    offset_days = graphene.Int(required=True)
    basis = PaymentBasis(required=True)


class SaleTerms(graphene.ObjectType):
    """On what is sold to a segment, a partner or within one deal; valid from the first to the last day.

    A deal's own terms come before its partner's individual ones, and these before typical ones.
    """

    class Meta:
        interfaces = (Node,)

    version = graphene.Int(required=True)
    kind = SaleTermsKind(required=True)
    partner = graphene.Field("gateway.contacts.types.Partner")
    deal = graphene.Field("gateway.deals.types.Deal")
    segment = graphene.Field("gateway.contacts.types.Segment")
    name = graphene.String()
    currency = graphene.String(required=True)
    valid_from = Date(required=True)
    valid_to = Date()
    price_type = graphene.String()
    discount_percent = Decimal(description="the discount agreed on")
    max_discount_percent = Decimal(description="the most that a line of a proposal may give")
    payment_schedule = graphene.List(graphene.NonNull(Instalment), required=True)
    delivery_terms = DeliveryTerms()
    minimum_sum = graphene.Field(Money, description="the least that a client may accept at once")

    def resolve_partner(terms: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.partners.load(terms["partner_id"])

    def resolve_deal(terms: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.deals.load(terms["deal_id"])

    def resolve_segment(terms: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.segments.load(terms["segment_id"])


SaleTermsConnection: Any = connection_of("SaleTerms", "gateway.deals.types.SaleTerms")
