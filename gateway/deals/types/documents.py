"""The documents of deals."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.execution.deferred import Deferred
from gateway.shapes.scalars import Date, Decimal
from gateway.shapes.values import Money


class DocumentKind(graphene.Enum):
    """What kind of document belongs to a deal."""

    PROPOSAL = "PROPOSAL"
    SALE_TERMS = "SALE_TERMS"
    CUSTOMER_ORDER = "CUSTOMER_ORDER"
    SUPPLIER_ORDER = "SUPPLIER_ORDER"
    SHIPMENT = "SHIPMENT"
    RETURN = "RETURN"
    PAYMENT = "PAYMENT"
    CLAIM = "CLAIM"
    FILE = "FILE"


class DealDocument(graphene.ObjectType):
    """A document of a deal."""

    id = graphene.ID(required=True)
    kind = DocumentKind(required=True)
    number = graphene.String(description="its number, or the name of a file")
    date = Date(required=True)
    amount = graphene.Field(Money)
    status = graphene.String(description="as the document itself gives it")


class SaleTerms(graphene.ObjectType):
    """Terms agreed with a partner, for all deals or for one; valid from the first to the last day."""

    id = graphene.ID(required=True)
    partner = graphene.Field("gateway.contacts.types.Partner")
    deal = graphene.Field("gateway.deals.types.Deal")
    currency = graphene.String(required=True)
    valid_from = Date(required=True)
    valid_to = Date()
    discount_percent = Decimal()

    def resolve_partner(terms: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.partners.load(terms["partner_id"])

    def resolve_deal(terms: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.deals.load(terms["deal_id"])
