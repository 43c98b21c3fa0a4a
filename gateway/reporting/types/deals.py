"""Figures of deals."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.deals.types import SalesProcess, Stage, stage_of
from gateway.execution.deferred import Deferred
from gateway.services import ask
from gateway.shapes.connections import connection, page_arguments, page_request
from gateway.shapes.scalars import DateTime, Decimal
from gateway.shapes.values import Ratio


class FunnelStage(graphene.ObjectType):
    """How many deals and how much money reached a stage, and what was lost there."""

    stage = graphene.Field(Stage, required=True)
    reached = graphene.Int(required=True)
    entered = graphene.Int(required=True)
    open = graphene.Int(required=True)
    lost = graphene.Int(required=True)
    reached_amount = Decimal(required=True)
    lost_amount = Decimal(required=True)
    conversion = graphene.Field(Ratio)
    mature_conversion = graphene.Field(Ratio)
    loss_share = graphene.Field(Ratio)
    hazard = graphene.Field(Ratio)
    lost_deals = graphene.Field("gateway.deals.types.DealConnection", required=True, **page_arguments())

    def resolve_stage(stage: Json, info: GraphQLResolveInfo) -> Deferred:
        return info.context.loaders.processes.load(stage["process_id"]).then(
            lambda found: stage_of(found, stage["key"])
        )

    def resolve_lost_deals(
        stage: Json, info: GraphQLResolveInfo, first: int | None = None, after: str | None = None
    ) -> Deferred:
        page = page_request(info, first, after)
        payload = {**stage["report"], "process_id": stage["process_id"], "stage": stage["key"], "page": page}
        deals = info.context.loaders.deals
        return ask(info.context.services, "reporting", "lost_deals", payload).then(
            lambda found: deals.load_many(found["nodes"]).then(lambda nodes: connection(_present(found, nodes), after))
        )


def _present(page: Json, nodes: list[Json]) -> Json:
    """Put deals into a page of ids; one that is not there any more is left out."""
    there = [(node, cursor) for node, cursor in zip(nodes, page["cursors"], strict=True) if node is not None]
    return {**page, "nodes": [node for node, _ in there], "cursors": [cursor for _, cursor in there]}


class Funnel(graphene.ObjectType):
    """How deals of a process move through its stages, and where they are lost."""

    process = graphene.Field(SalesProcess, required=True)
    as_of = DateTime(required=True)
    freshness = DateTime(required=True, description="up to when everything that happened is counted")
    currency = graphene.String(required=True)
    unconverted = graphene.Int(required=True, description="amounts left out for want of a rate")
    stages = graphene.List(graphene.NonNull(FunnelStage), required=True)
    most_lost_at = graphene.Field(Stage)

    def resolve_process(funnel: Json, info: GraphQLResolveInfo) -> Deferred:
        return info.context.loaders.processes.load(funnel["process_id"])

    def resolve_most_lost_at(funnel: Json, info: GraphQLResolveInfo) -> Deferred | None:
        key = funnel["most_lost_at"]
        if key is None:
            return None
        return info.context.loaders.processes.load(funnel["process_id"]).then(lambda process: stage_of(process, key))


class Outcomes(graphene.ObjectType):
    """Deals won, lost and in progress; `key` names the group."""

    key = graphene.String()
    won = graphene.Int(required=True)
    lost = graphene.Int(required=True)
    in_progress = graphene.Int(required=True)
    won_amount = Decimal(required=True)
    lost_amount = Decimal(required=True)
    win_rate = graphene.Field(Ratio, required=True)
    currency = graphene.String(required=True)
    unconverted = graphene.Int(required=True)
