"""Questions about deals."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.deals.filters import DealFilter, deal_filter
from gateway.deals.types import (
    Deal,
    DealConnection,
    DuplicateDeal,
    LossReason,
)
from gateway.execution.deferred import Deferred
from gateway.kinds import Kind, names_a
from gateway.services import ask
from gateway.shapes.connections import asks_for, connected, page_arguments, page_request
from gateway.shapes.filters import ordered


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


class DealListQueries(graphene.ObjectType):
    """Questions to deals."""

    loss_reasons = graphene.List(
        graphene.NonNull(LossReason),
        required=True,
        include_retired=graphene.Boolean(description="those too that no new loss takes any more"),
    )
    deal = graphene.Field(Deal, id=graphene.ID(required=True))
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

    def resolve_loss_reasons(_root: object, info: GraphQLResolveInfo, include_retired: bool | None = None) -> Deferred:
        payload = {"include_retired": bool(include_retired)}
        return ask(info.context.services, "deals", "loss_reasons", payload).then(lambda answer: answer["nodes"])

    def resolve_deal(_root: object, info: GraphQLResolveInfo, id: str) -> Deferred | None:
        return info.context.loaders.deals.load(id) if names_a(Kind.DEAL, id) else None

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
