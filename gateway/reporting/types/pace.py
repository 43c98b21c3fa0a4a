"""How fast deals go: the sales cycle, dwell and velocity."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.deals.types import SalesProcess
from gateway.execution.deferred import Deferred
from gateway.reporting.types.deals import Durations, OfStage
from gateway.reporting.types.moment import OfMoment
from gateway.shapes.scalars import DateTime, Decimal
from gateway.shapes.values import Ratio


class SalesCycle(graphene.ObjectType):
    """How long the deals won in a period took, from their creation to the close that still holds."""

    class Meta:
        interfaces = (OfMoment,)

    cycle = graphene.Field(Durations, required=True)


class Velocity(graphene.ObjectType):
    """Open deals × mean won amount × win rate / mean cycle in days, of the 90 days before the moment, with all parts."""

    class Meta:
        interfaces = (OfMoment,)

    since = DateTime(required=True, description="when the 90 days began")
    per_day = Decimal(description="money a day; null without wins")
    open = graphene.Int(required=True, description="in progress at the moment")
    won = graphene.Int(required=True)
    lost = graphene.Int(required=True)
    mean_won_amount = graphene.Field(
        Ratio, required=True, description="the amount won / deals won, without those left out for want of a rate"
    )
    win_rate = graphene.Field(Ratio, required=True)
    cycle = graphene.Field(Durations, required=True, description="of the deals won")
    currency = graphene.String(required=True)
    unconverted = graphene.Int(required=True, description="won deals whose amount is left out for want of a rate")


class DwellOfStage(graphene.ObjectType):
    """How long deals stood at a stage."""

    class Meta:
        interfaces = (OfStage,)

    allowed_days = graphene.Int(description="for all visits together; null is without bound")
    dwell = graphene.Field(
        Durations, required=True, description="all visits of each deal that has left the stage or is closed"
    )


class StageDwell(graphene.ObjectType):
    """How long deals stand at the stages of a process."""

    class Meta:
        interfaces = (OfMoment,)

    process = graphene.Field(SalesProcess, required=True)
    stages = graphene.List(graphene.NonNull(DwellOfStage), required=True)

    def resolve_process(report: Json, info: GraphQLResolveInfo) -> Deferred:
        return info.context.loaders.processes.load(report["process_id"])

    def resolve_stages(report: Json, _info: GraphQLResolveInfo) -> list[Json]:
        return [{**stage, "process_id": report["process_id"]} for stage in report["stages"]]
