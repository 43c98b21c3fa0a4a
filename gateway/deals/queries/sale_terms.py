"""Questions about sale terms."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from gateway.deals.filters import SaleTermsFilter
from gateway.deals.types import (
    SaleTerms,
    SaleTermsConnection,
)
from gateway.execution.deferred import Deferred
from gateway.kinds import Kind, names_a
from gateway.lists import list_of
from gateway.shapes.scalars import Date, bad_input


class SaleTermsQueries(graphene.ObjectType):
    """Questions to sale terms."""

    sale_terms = list_of(
        "deals",
        "list_sale_terms",
        gives=SaleTermsConnection,
        by=SaleTermsFilter,
        description="those that began last first",
    )
    effective_terms = graphene.Field(
        SaleTerms,
        description="the terms on which a deal is made, or else those that hold for a partner",
        partner=graphene.ID(),
        deal=graphene.ID(),
        on=graphene.Argument(Date, description="a business day; today, if not said"),
    )

    def resolve_effective_terms(
        _root: object,
        info: GraphQLResolveInfo,
        partner: str | None = None,
        deal: str | None = None,
        on: str | None = None,
    ) -> Deferred | None:
        loaders = info.context.loaders
        if deal is not None:
            return loaders.terms_of_deals(on).load(deal) if names_a(Kind.DEAL, deal) else None
        if partner is None:
            raise bad_input("name the partner or the deal whose terms are asked for")
        return loaders.terms_of_partners(on).load(partner) if names_a(Kind.PARTNER, partner) else None
