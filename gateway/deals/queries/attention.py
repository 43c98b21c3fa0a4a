"""Questions about unfinished and upcoming deals."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.deals.types import (
    AttentionReason,
    ClientKind,
    DealConnection,
    PlannedHandOver,
    UnfinishedDealConnection,
    UnfinishedSummary,
)
from gateway.execution.deferred import Deferred
from gateway.kinds import Kind
from gateway.lists import list_of
from gateway.references import references
from gateway.services import ask
from gateway.shapes.connections import connected, page_arguments, page_request
from gateway.shapes.filters import wire_filter


class AttentionFilter(graphene.InputObjectType):
    """Which deals in progress; what is not given does not matter, an empty list lets nothing through."""

    managers = references(Kind.MANAGER)
    teams = references(Kind.TEAM)
    processes = references(Kind.PROCESS)
    client_kinds = graphene.List(graphene.NonNull(ClientKind))
    reasons = graphene.List(graphene.NonNull(AttentionReason), description="any of these")


class UnfinishedOrder(graphene.Enum):
    """What a list of unfinished deals is sorted by: the most reasons for attention first, or the oldest."""

    URGENCY = "URGENCY"
    AGE = "AGE"


class AttentionQueries(graphene.ObjectType):
    """Questions to deals about what asks for attention."""

    unfinished_deals = graphene.Field(
        UnfinishedDealConnection,
        required=True,
        description="deals in progress, but for those on hold or planned to begin on a later day",
        filter=graphene.Argument(AttentionFilter),
        order_by=graphene.Argument(UnfinishedOrder, description="the most urgent first, if not said"),
        **page_arguments(),
    )
    unfinished_summary = graphene.List(
        graphene.NonNull(UnfinishedSummary),
        required=True,
        description="the same deals, counted for each manager",
        filter=graphene.Argument(AttentionFilter),
    )
    upcoming_deals = list_of(
        "deals",
        "upcoming_deals",
        gives=DealConnection,
        by=AttentionFilter,
        description="deals that are planned to begin today or later, the nearest first",
    )

    planned_hand_overs = graphene.List(
        graphene.NonNull(PlannedHandOver),
        required=True,
        description="hand-overs of deals that are set for a day to come, the next one first",
    )

    def resolve_planned_hand_overs(_root: object, info: GraphQLResolveInfo) -> Deferred:
        return ask(info.context.services, "deals", "planned_hand_overs", {}).then(lambda answer: answer["nodes"])

    def resolve_unfinished_deals(
        _root: object,
        info: GraphQLResolveInfo,
        filter: Json | None = None,
        order_by: str | None = None,
        first: int | None = None,
        after: str | None = None,
    ) -> Deferred:
        payload = {"filter": wire_filter(filter, AttentionFilter), "page": page_request(info, first, after)}
        payload |= {"order": order_by or "URGENCY"}
        return connected(ask(info.context.services, "deals", "unfinished_deals", payload), after)

    def resolve_unfinished_summary(_root: object, info: GraphQLResolveInfo, filter: Json | None = None) -> Deferred:
        payload = {"filter": wire_filter(filter, AttentionFilter)}
        return ask(info.context.services, "deals", "unfinished_summary", payload).then(lambda answer: answer["rows"])
