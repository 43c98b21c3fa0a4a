"""Sales targets."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.execution.deferred import Deferred
from gateway.shapes.connections import connection_of
from gateway.shapes.node import Node
from gateway.shapes.scalars import Date, DateTime, Decimal


class TargetMeasure(graphene.Enum):
    """What is aimed at: the amount that is won (base currency), the number of deals won, or of interactions taken part in."""

    WON_AMOUNT = "WON_AMOUNT"
    WON_COUNT = "WON_COUNT"
    INTERACTIONS = "INTERACTIONS"


class TargetPeriod(graphene.Enum):
    """For how long a target is."""

    MONTH = "MONTH"
    QUARTER = "QUARTER"
    YEAR = "YEAR"


class SalesTarget(graphene.ObjectType):
    """What a manager or a team is to achieve in a month, a quarter or a year."""

    class Meta:
        interfaces = (Node,)

    version = graphene.Int(required=True)
    manager = graphene.Field("gateway.contacts.types.Manager")
    team = graphene.Field("gateway.contacts.types.Team")
    measure = TargetMeasure(required=True)
    period = TargetPeriod(required=True)
    begins_on = Date(required=True)
    to = Date(required=True, description="the first day after it")
    value = Decimal(required=True)
    currency = graphene.String(description="of an amount: the base currency")
    withdrawn_at = DateTime()

    def resolve_manager(target: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.managers.load(target["manager_id"])

    def resolve_team(target: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.teams.load(target["team_id"])


SalesTargetConnection: Any = connection_of("SalesTarget", "gateway.deals.types.SalesTarget")
