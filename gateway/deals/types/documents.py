"""The documents of deals."""

from __future__ import annotations

import graphene

from gateway.shapes.scalars import Date
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
