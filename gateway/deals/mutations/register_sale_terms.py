"""registerSaleTerms, registerTypicalSaleTerms and closeSaleTerms."""

from __future__ import annotations

import graphene

from gateway.commands import mutation, whole
from gateway.deals.types import DeliveryTerms, PaymentBasis, SaleTerms
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload
from gateway.shapes.scalars import Date, Decimal


class InstalmentInput(graphene.InputObjectType):
    """A part of what is to be paid, due so many days after the order or the shipment."""

    percent = Decimal(required=True)
    offset_days = graphene.Int(required=True)
    basis = PaymentBasis(required=True)


class _Terms:
    """What terms of every kind say."""

    name = graphene.String()
    currency = graphene.String(required=True)
    valid_from = Date(required=True)
    valid_to = Date()
    price_type = graphene.String(description="the key of a price list")
    discount_percent = Decimal(description="the discount agreed on")
    max_discount_percent = Decimal(description="the most that a line of a proposal may give; no bound, if not said")
    payment_schedule = graphene.List(
        graphene.NonNull(InstalmentInput), description="instalments that add up to 100 percent"
    )
    delivery_terms = graphene.InputField(DeliveryTerms)
    minimum_sum = Decimal(description="in the currency of the terms")
    replaces = reference(Kind.SALE_TERMS, description="terms for the same, which end the day before these begin")


class RegisterSaleTermsInput(_Terms, graphene.InputObjectType):
    """Terms agreed with a partner, for all deals or for one; `validTo` is the last day."""

    partner = reference(Kind.PARTNER, required=True)
    deal = reference(Kind.DEAL)
    idempotency_key = graphene.String()


class RegisterSaleTermsPayload(Payload):
    """The terms, or what to put right."""

    sale_terms = graphene.Field(SaleTerms)


class RegisterTypicalSaleTermsInput(_Terms, graphene.InputObjectType):
    """Terms for the partners of a segment who have no terms of their own; `validTo` is the last day."""

    segment = reference(Kind.SEGMENT, required=True)
    idempotency_key = graphene.String()


class RegisterTypicalSaleTermsPayload(Payload):
    """The terms, or what to put right."""

    sale_terms = graphene.Field(SaleTerms)


class CloseSaleTermsInput(graphene.InputObjectType):
    """Terms that end earlier than was agreed."""

    sale_terms = reference(Kind.SALE_TERMS, required=True)
    last_day = Date(description="yesterday, if not said: then they hold no more")
    expected_version = graphene.Int()
    idempotency_key = graphene.String()


class CloseSaleTermsPayload(Payload):
    """The terms, or what to put right."""

    sale_terms = graphene.Field(SaleTerms)


register_sale_terms = mutation(
    "deals",
    "register_sale_terms",
    takes=RegisterSaleTermsInput,
    gives=RegisterSaleTermsPayload,
    read=whole("sale_terms"),
    description="Register individual sale terms: the partner is classified while they are effective.",
)

register_typical_sale_terms = mutation(
    "deals",
    "register_typical_sale_terms",
    takes=RegisterTypicalSaleTermsInput,
    gives=RegisterTypicalSaleTermsPayload,
    read=whole("sale_terms"),
    description="Register typical sale terms: the segment's partners are classified while they are effective.",
)

close_sale_terms = mutation(
    "deals",
    "close_sale_terms",
    takes=CloseSaleTermsInput,
    gives=CloseSaleTermsPayload,
    read=whole("sale_terms"),
    description="End sale terms earlier than was agreed.",
)
