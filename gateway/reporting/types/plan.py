"""Plan against fact."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.contacts.types import Manager, Team
from gateway.deals.types import TargetMeasure
from gateway.execution.deferred import Deferred
from gateway.reporting.types.moment import OfMoment
from gateway.shapes.scalars import Date, Decimal
from gateway.shapes.values import Ratio


class UncoveredDays(graphene.ObjectType):
    """Days without a target, half-open."""

    from_ = Date(required=True, name="from")
    to = Date(required=True)

    def resolve_from_(days: Json, _info: GraphQLResolveInfo) -> str:
        return str(days["from"])


class PlanRow(graphene.ObjectType):
    """What was planned for a manager or a team in the months that have a target, and what was achieved in the same months."""

    manager = graphene.Field(Manager)
    team = graphene.Field(Team, description="with the teams below it")
    measure = TargetMeasure(required=True)
    planned = Decimal(required=True)
    fact = Decimal(required=True)
    deviation = Decimal(required=True, description="fact less plan")
    attainment = graphene.Field(Ratio, required=True, description="fact / plan")
    unconverted = graphene.Int(required=True, description="amounts left out for want of a rate")
    uncovered_days = graphene.Int(
        required=True, description="days of the period without a target: no part of plan and fact"
    )
    uncovered = graphene.List(graphene.NonNull(UncoveredDays), required=True)

    def resolve_manager(row: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.managers.load(row["manager_id"])

    def resolve_team(row: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.teams.load(row["team_id"])


class PlanAgainstFact(graphene.ObjectType):
    """Targets and what became of them."""

    class Meta:
        interfaces = (OfMoment,)

    currency = graphene.String(required=True)
    rows = graphene.List(graphene.NonNull(PlanRow), required=True)
