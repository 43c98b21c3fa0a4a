"""Figures of managers."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.contacts.types import Manager
from gateway.execution.deferred import Deferred
from gateway.shapes.scalars import Decimal
from gateway.shapes.values import Ratio


class ManagerPerformance(graphene.ObjectType):
    """A manager's results, credited to the owner at the time of the event."""

    manager = graphene.Field(Manager, required=True)
    won = graphene.Int(required=True)
    lost = graphene.Int(required=True)
    in_progress = graphene.Int(required=True)
    won_amount = Decimal(required=True)
    currency = graphene.String(required=True)
    unconverted = graphene.Int(required=True)
    win_rate = graphene.Field(Ratio, required=True)
    median_cycle_days = graphene.Float()
    interactions = graphene.Int(
        required=True,
        description="that they took part in and that took place in the period; automatic ones do not count",
    )
    overdue_tasks = graphene.Int(
        required=True, description="theirs to do, due before the moment of the report and not done"
    )
    claims_resolved = graphene.Int(required=True, description="in the period, and not reopened since")
    claims_resolved_in_time = graphene.Field(
        Ratio, required=True, description="by their deadlines, of the resolved claims that had one"
    )

    def resolve_manager(row: Json, info: GraphQLResolveInfo) -> Deferred:
        return info.context.loaders.managers.load(row["manager_id"])
