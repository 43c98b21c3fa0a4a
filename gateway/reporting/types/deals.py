"""Figures of deals: the funnel."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.contacts.types import Manager, Partner, Team
from gateway.deals.types import SalesProcess, Stage, stage_of
from gateway.execution.deferred import Deferred
from gateway.reporting.types.moment import OfMoment
from gateway.services import ask
from gateway.shapes.connections import connection, page_arguments, page_request
from gateway.shapes.scalars import Date, Decimal
from gateway.shapes.values import Ratio


class Durations(graphene.ObjectType):
    """How long something took, in days; null where no deal is counted."""

    deals = graphene.Int(required=True, description="of how many deals")
    median_days = graphene.Float(description="of an even number, the mean of the middle two")
    mean_days = graphene.Float()
    p90_days = graphene.Float(description="nine of ten took no longer; between two neighbours in proportion")


class FunnelNumber(graphene.Enum):
    """A number that the funnel shows at a stage."""

    REACHED = "REACHED"
    ENTERED = "ENTERED"
    OPEN = "OPEN"
    LOST = "LOST"
    FURTHEST_LOST = "FURTHEST_LOST"


class OfStage(graphene.Interface):
    """What is told of one stage of a process."""

    stage = graphene.Field(Stage, required=True)

    def resolve_stage(row: Json, info: GraphQLResolveInfo) -> Deferred:
        return info.context.loaders.processes.load(row["process_id"]).then(lambda found: stage_of(found, row["key"]))


class FunnelStage(graphene.ObjectType):
    """How many deals and how much money reached a stage, and what was lost there."""

    class Meta:
        interfaces = (OfStage,)

    reached = graphene.Int(required=True, description="got here or further, or are won; also those that skipped it")
    entered = graphene.Int(required=True, description="were ever here")
    open = graphene.Int(required=True, description="in progress, and here now")
    lost = graphene.Int(required=True, description="lost, and here just before")
    furthest_lost = graphene.Int(
        required=True, description="lost, wherever they were then, having got here and no further"
    )
    reached_amount = Decimal(required=True)
    lost_amount = Decimal(required=True)
    conversion = graphene.Field(Ratio, description="reached the next stage / reached this one")
    mature_conversion = graphene.Field(Ratio, description="the same without those that are open and got no further")
    loss_share = graphene.Field(Ratio, description="lost here / lost anywhere")
    hazard = graphene.Field(Ratio, description="lost here / entered, less those still here")
    dwell = graphene.Field(
        Durations,
        description="all visits of each deal that has left the stage or is closed; null in subscriptions",
    )
    lost_deals = graphene.Field("gateway.deals.types.DealConnection", required=True, **page_arguments())
    deals = graphene.Field(
        "gateway.deals.types.DealConnection",
        required=True,
        description="the deals behind a number, as of the moment of the report",
        kind=graphene.Argument(FunnelNumber, required=True),
        **page_arguments(),
    )

    def resolve_lost_deals(
        stage: Json, info: GraphQLResolveInfo, first: int | None = None, after: str | None = None
    ) -> Deferred:
        return _behind(stage, info, "LOST", first, after)

    def resolve_deals(
        stage: Json, info: GraphQLResolveInfo, kind: str, first: int | None = None, after: str | None = None
    ) -> Deferred:
        return _behind(stage, info, kind, first, after)


def _behind(stage: Json, info: GraphQLResolveInfo, kind: str, first: int | None, after: str | None) -> Deferred:
    asked = {**stage["report"], "process_id": stage["process_id"], "stage": stage["key"], "kind": kind}
    return deals_of(info, "stage_deals", asked, first, after)


def deals_of(info: GraphQLResolveInfo, query: str, asked: Json, first: int | None, after: str | None) -> Deferred:
    """Give the deals whose ids reporting answers with; one that is not there any more is left out."""
    payload = {**asked, "page": page_request(info, first, after)}
    deals = info.context.loaders.deals
    return ask(info.context.services, "reporting", query, payload).then(
        lambda found: deals.load_many(found["nodes"]).then(lambda nodes: connection(_present(found, nodes), after))
    )


def _present(page: Json, nodes: list[Json]) -> Json:
    there = [(node, cursor) for node, cursor in zip(nodes, page["cursors"], strict=True) if node is not None]
    return {**page, "nodes": [node for node, _ in there], "cursors": [cursor for _, cursor in there]}


class Funnel(graphene.ObjectType):
    """How deals of a process move through its stages, and where they are lost."""

    class Meta:
        interfaces = (OfMoment,)

    process = graphene.Field(SalesProcess, required=True)
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


class CountChange(graphene.ObjectType):
    """A count, what it was in the period that is compared with, and how much it is of that."""

    now = graphene.Int(required=True)
    before = graphene.Int(required=True)
    difference = graphene.Int(required=True)
    ratio = graphene.Field(Ratio, required=True, description="now / before")


class AmountChange(graphene.ObjectType):
    """An amount, what it was in the period that is compared with, and how much it is of that."""

    now = Decimal(required=True)
    before = Decimal(required=True)
    difference = Decimal(required=True)
    ratio = graphene.Field(Ratio, required=True, description="now / before")


class RatioChange(graphene.ObjectType):
    """A ratio, and what it was in the period that is compared with."""

    now = graphene.Field(Ratio)
    before = graphene.Field(Ratio)
    difference = graphene.Float(description="now - before; null where either is")


def _change(kind: type[graphene.ObjectType]) -> Any:
    return graphene.Field(kind, required=True)


class FunnelStageChange(graphene.ObjectType):
    """What is different at a stage between two periods."""

    class Meta:
        interfaces = (OfStage,)

    reached = _change(CountChange)
    entered = _change(CountChange)
    open = _change(CountChange)
    lost = _change(CountChange)
    furthest_lost = _change(CountChange)
    reached_amount = _change(AmountChange)
    lost_amount = _change(AmountChange)
    conversion = _change(RatioChange)
    mature_conversion = _change(RatioChange)
    loss_share = _change(RatioChange)
    hazard = _change(RatioChange)


class FunnelComparison(graphene.ObjectType):
    """The funnels of the deals created in two periods, as of the same moment."""

    funnel = graphene.Field(Funnel, required=True)
    compared_with = graphene.Field(Funnel, required=True)
    stages = graphene.List(graphene.NonNull(FunnelStageChange), required=True)


class OutcomesInTime(graphene.ObjectType):
    """Deals opened, won and lost in a bucket of days, and those in progress at its end."""

    from_ = Date(required=True, name="from")
    to = Date(required=True, description="the first day after the bucket")
    opened = graphene.Int(required=True)
    won = graphene.Int(required=True, description="as far as it still held at the moment of the report")
    lost = graphene.Int(required=True, description="as far as it still held at the moment of the report")
    in_progress = graphene.Int(description="at the end of the bucket, as it was then; null before it has begun")
    opened_amount = Decimal(required=True)
    won_amount = Decimal(required=True)
    lost_amount = Decimal(required=True)
    win_rate = graphene.Field(Ratio, required=True)
    win_rate_by_amount = graphene.Field(Ratio, required=True)
    currency = graphene.String(required=True)
    unconverted = graphene.Int(required=True, description="amounts of closed deals left out for want of a rate")

    def resolve_from_(row: Json, _info: GraphQLResolveInfo) -> str:
        return str(row["from"])


class Outcomes(graphene.ObjectType):
    """Deals won, lost and in progress; `key` names the group."""

    key = graphene.String()
    partner = graphene.Field(Partner, description="that the key names, of groups by PARTNER and COMPETITOR")
    manager = graphene.Field(Manager, description="that the key names, of groups by MANAGER")
    team = graphene.Field(Team, description="that the key names, of groups by TEAM")
    won = graphene.Int(required=True)
    lost = graphene.Int(required=True)
    in_progress = graphene.Int(required=True)
    won_amount = Decimal(required=True)
    lost_amount = Decimal(required=True)
    win_rate = graphene.Field(Ratio, required=True)
    win_rate_by_amount = graphene.Field(Ratio, required=True)
    currency = graphene.String(required=True)
    unconverted = graphene.Int(required=True)

    def resolve_partner(row: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.partners.load(row["key"]) if row["names"] in ("PARTNER", "COMPETITOR") else None

    def resolve_manager(row: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.managers.load(row["key"]) if row["names"] == "MANAGER" else None

    def resolve_team(row: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.teams.load(row["key"]) if row["names"] == "TEAM" else None


class OutcomesReport(graphene.ObjectType):
    """Deals won, lost and in progress by what they are grouped by."""

    class Meta:
        interfaces = (OfMoment,)

    rows = graphene.List(graphene.NonNull(Outcomes), required=True)


class OutcomesOverTimeReport(graphene.ObjectType):
    """Deals opened, won and lost, bucket by bucket."""

    class Meta:
        interfaces = (OfMoment,)

    rows = graphene.List(graphene.NonNull(OutcomesInTime), required=True)
