"""Why deals are lost, to whom, and where."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.contacts.types import Partner
from gateway.deals.types import SalesProcess, Stage, stage_of
from gateway.execution.deferred import Deferred
from gateway.reporting.types.deals import deals_of
from gateway.reporting.types.moment import OfMoment
from gateway.shapes.connections import page_arguments
from gateway.shapes.scalars import Decimal
from gateway.shapes.values import Ratio


class LossGrouping(graphene.Enum):
    """What lost deals are grouped by."""

    LOSS_REASON = "LOSS_REASON"
    COMPETITOR = "COMPETITOR"


class Losses(graphene.Interface):
    """So many lost deals, and what they were worth."""

    lost = graphene.Int(required=True)
    lost_amount = Decimal(required=True)
    unconverted = graphene.Int(required=True, description="deals whose amount is left out for want of a rate")


class LostAtStage(graphene.ObjectType):
    """What was lost at a stage of a process; without a stage, in a process that has none."""

    class Meta:
        interfaces = (Losses,)

    process = graphene.Field(SalesProcess, required=True)
    stage = graphene.Field(Stage)

    def resolve_process(at: Json, info: GraphQLResolveInfo) -> Deferred:
        return info.context.loaders.processes.load(at["process_id"])

    def resolve_stage(at: Json, info: GraphQLResolveInfo) -> Deferred | None:
        key = at["key"]
        if key is None:
            return None
        return info.context.loaders.processes.load(at["process_id"]).then(lambda found: stage_of(found, key))


class LossRow(graphene.ObjectType):
    """What was lost for a reason, or to a competitor; with neither where none is known."""

    class Meta:
        interfaces = (Losses,)

    reason = graphene.String(description="the key of the reason")
    competitor = graphene.Field(Partner)
    share = graphene.Field(Ratio, required=True, description="of the number of lost deals")
    amount_share = graphene.Field(Ratio, required=True, description="of their amount")
    stages = graphene.List(graphene.NonNull(LostAtStage), required=True, description="where, the most first")
    deals = graphene.Field("gateway.deals.types.DealConnection", required=True, **page_arguments())

    def resolve_reason(row: Json, _info: GraphQLResolveInfo) -> str | None:
        return row["key"] if row["by"] == "LOSS_REASON" else None

    def resolve_competitor(row: Json, info: GraphQLResolveInfo) -> Deferred | None:
        if row["by"] != "COMPETITOR" or row["key"] is None:
            return None
        return info.context.loaders.partners.load(row["key"])

    def resolve_deals(
        row: Json, info: GraphQLResolveInfo, first: int | None = None, after: str | None = None
    ) -> Deferred:
        return deals_of(info, "lost_deals", {**row["report"], "by": row["by"], "key": row["key"]}, first, after)


class LossReport(graphene.ObjectType):
    """Deals lost in a period by reason or competitor."""

    class Meta:
        interfaces = (OfMoment, Losses)

    currency = graphene.String(required=True)
    rows = graphene.List(graphene.NonNull(LossRow), required=True, description="the most deals first")
