"""Questions about deals and sales processes."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.deals.filters import DealFilter, SaleTermsFilter, deal_filter
from gateway.deals.process_queries import ProcessQueries
from gateway.deals.types import (
    Deal,
    DealConnection,
    DuplicateDeal,
    ExchangeRateConnection,
    LossReason,
    Proposal,
    SalesProcess,
    SaleTerms,
    SaleTermsConnection,
)
from gateway.execution.deferred import Deferred
from gateway.kinds import Kind, names_a
from gateway.services import ask
from gateway.shapes.connections import asks_for, connected, page_arguments, page_request
from gateway.shapes.filters import ordered, wire_filter
from gateway.shapes.scalars import Date, bad_input
from gateway.shapes.values import Money, MoneyInput, PeriodInput


class DealOrder(graphene.Enum):
    """What a list of deals is sorted by."""

    CREATED_AT = "CREATED_AT"
    CREATED_AT_DESC = "CREATED_AT_DESC"
    EXPECTED_CLOSE_ON = "EXPECTED_CLOSE_ON"
    EXPECTED_CLOSE_ON_DESC = "EXPECTED_CLOSE_ON_DESC"
    AMOUNT = "AMOUNT"
    AMOUNT_DESC = "AMOUNT_DESC"
    NUMBER = "NUMBER"
    NUMBER_DESC = "NUMBER_DESC"


class DealQueries(ProcessQueries, graphene.ObjectType):
    """Questions to deals."""

    sales_processes = graphene.List(graphene.NonNull(SalesProcess), required=True)
    loss_reasons = graphene.List(
        graphene.NonNull(LossReason),
        required=True,
        include_retired=graphene.Boolean(description="those too that no new loss takes any more"),
    )
    deal = graphene.Field(Deal, id=graphene.ID(required=True))
    sale_terms = graphene.Field(
        SaleTermsConnection,
        required=True,
        filter=graphene.Argument(SaleTermsFilter),
        description="those that began last first",
        **page_arguments(),
    )
    effective_terms = graphene.Field(
        SaleTerms,
        description="the terms on which a deal is made, or else those that hold for a partner",
        partner=graphene.ID(),
        deal=graphene.ID(),
        on=graphene.Argument(Date, description="a business day; today, if not said"),
    )
    proposal = graphene.Field(Proposal, id=graphene.ID(required=True))
    possible_duplicate_deals = graphene.List(
        graphene.NonNull(DuplicateDeal),
        required=True,
        description="deals in progress with the same partner that may be the same sale, the likeliest first",
        deal=graphene.Argument(graphene.ID, required=True),
    )
    deals = graphene.Field(
        DealConnection,
        required=True,
        filter=graphene.Argument(DealFilter),
        search=graphene.String(),
        order_by=graphene.Argument(DealOrder, description="the newest first, if not said"),
        **page_arguments(),
    )

    exchange_rates = graphene.Field(
        ExchangeRateConnection,
        required=True,
        description="rates in the base currency, the newest days first",
        currency=graphene.String(description="of this one only"),
        period=graphene.Argument(PeriodInput),
        corrected=graphene.Boolean(description="also rates that were corrected since"),
        **page_arguments(),
    )
    convert = graphene.Field(
        Money,
        required=True,
        description="money with what it is in the base currency at the rate in force on a day",
        money=graphene.Argument(MoneyInput, required=True),
        on=graphene.Argument(Date, description="today, if not said"),
    )

    def resolve_exchange_rates(
        _root: object,
        info: GraphQLResolveInfo,
        currency: str | None = None,
        period: Json | None = None,
        corrected: bool | None = None,
        first: int | None = None,
        after: str | None = None,
    ) -> Deferred:
        given = period or {}
        payload = {
            "currency": currency,
            "period": {"since": given.get("from_"), "until": given.get("to")},
            "corrected": bool(corrected),
            "page": page_request(info, first, after),
        }
        return connected(ask(info.context.services, "deals", "list_exchange_rates", payload), after)

    def resolve_convert(_root: object, info: GraphQLResolveInfo, money: Json, on: str | None = None) -> Deferred:
        return ask(info.context.services, "deals", "convert", {"money": money, "on": on})

    def resolve_sales_processes(_root: object, info: GraphQLResolveInfo) -> Deferred:
        return ask(info.context.services, "deals", "list_processes", {}).then(lambda answer: answer["nodes"])

    def resolve_loss_reasons(_root: object, info: GraphQLResolveInfo, include_retired: bool | None = None) -> Deferred:
        payload = {"include_retired": bool(include_retired)}
        return ask(info.context.services, "deals", "loss_reasons", payload).then(lambda answer: answer["nodes"])

    def resolve_deal(_root: object, info: GraphQLResolveInfo, id: str) -> Deferred | None:
        return info.context.loaders.deals.load(id) if names_a(Kind.DEAL, id) else None

    def resolve_sale_terms(
        _root: object,
        info: GraphQLResolveInfo,
        filter: Json | None = None,
        first: int | None = None,
        after: str | None = None,
    ) -> Deferred:
        payload = {"filter": wire_filter(filter, SaleTermsFilter), "page": page_request(info, first, after)}
        return connected(ask(info.context.services, "deals", "list_sale_terms", payload), after)

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

    def resolve_proposal(_root: object, info: GraphQLResolveInfo, id: str) -> Deferred | None:
        return info.context.loaders.proposals.load(id) if names_a(Kind.PROPOSAL, id) else None

    def resolve_possible_duplicate_deals(
        _root: object, info: GraphQLResolveInfo, deal: str
    ) -> Deferred | list[Json] | None:
        return info.context.loaders.possible_duplicates.load(deal) if names_a(Kind.DEAL, deal) else []

    def resolve_deals(
        _root: object,
        info: GraphQLResolveInfo,
        filter: Json | None = None,
        search: str | None = None,
        order_by: str | None = None,
        first: int | None = None,
        after: str | None = None,
    ) -> Deferred:
        payload = {"filter": deal_filter(filter), "page": page_request(info, first, after)}
        payload["totals"] = asks_for(info, "totals")
        payload |= ordered(order_by, "CREATED_AT_DESC") | ({"search": search} if search else {})
        return connected(ask(info.context.services, "deals", "list_deals", payload), after)
