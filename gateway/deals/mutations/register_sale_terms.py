"""registerSaleTerms."""

from __future__ import annotations

import graphene

from gateway.commands import mutation, whole
from gateway.deals.types import SaleTerms
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload
from gateway.shapes.scalars import Date, Decimal


class RegisterSaleTermsInput(graphene.InputObjectType):
    """Terms agreed with a partner; `validTo` is the last day."""

    partner = reference(Kind.PARTNER, required=True)
    deal = reference(Kind.DEAL)
    currency = graphene.String(required=True)
    valid_from = Date(required=True)
    valid_to = Date()
    discount_percent = Decimal()
    idempotency_key = graphene.String()


class RegisterSaleTermsPayload(Payload):
    """The terms, or what to put right."""

    sale_terms = graphene.Field(SaleTerms)


register_sale_terms = mutation(
    "deals",
    "register_sale_terms",
    takes=RegisterSaleTermsInput,
    gives=RegisterSaleTermsPayload,
    read=whole("sale_terms"),
    description="Register sale terms: the partner is classified while they are effective.",
)
