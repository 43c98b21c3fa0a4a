"""Figures of managers."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.contacts.types import Manager
from gateway.execution.deferred import Deferred
from gateway.reporting.types.claims import BusinessTimes
from gateway.reporting.types.moment import OfMoment
from gateway.shapes.scalars import Decimal
from gateway.shapes.values import Ratio


class ByDirection(graphene.ObjectType):
    """Interactions by who began: the client, the manager, or colleagues among themselves."""

    incoming = graphene.Int(required=True)
    outgoing = graphene.Int(required=True)
    internal = graphene.Int(required=True)


class Activities(graphene.ObjectType):
    """Interactions by kind and direction."""

    calls = graphene.Field(ByDirection, required=True)
    meetings = graphene.Field(ByDirection, required=True)
    emails = graphene.Field(ByDirection, required=True)
    messages = graphene.Field(ByDirection, required=True)
    notes = graphene.Field(ByDirection, required=True)


class DueTasks(graphene.ObjectType):
    """What became of the tasks due in a period."""

    in_time = graphene.Int(required=True, description="done by when they were due")
    late = graphene.Int(required=True, description="done after that")
    overdue = graphene.Int(required=True, description="not done, and due before the moment of the report")


class HandedDeals(graphene.ObjectType):
    """Deals that went from one manager to another, and what they were worth then, in the base currency."""

    deals = graphene.Int(required=True, description="as many as hand-overs")
    amount = Decimal(required=True)
    unconverted = graphene.Int(required=True, description="amounts left out for want of a rate")


class ManagerPerformance(graphene.ObjectType):
    """A manager's results, credited to the owner at the time of the event."""

    manager = graphene.Field(Manager, required=True)
    won = graphene.Int(required=True)
    lost = graphene.Int(required=True)
    in_progress = graphene.Int(required=True)
    won_amount = Decimal(required=True)
    currency = graphene.String(required=True)
    unconverted = graphene.Int(required=True, description="closed deals whose amount is left out for want of a rate")
    win_rate = graphene.Field(Ratio, required=True)
    win_rate_by_amount = graphene.Field(Ratio, required=True)
    median_cycle_days = graphene.Float()
    interactions = graphene.Int(
        required=True,
        description="that they took part in and that took place in the period; automatic ones do not count",
    )
    activities = graphene.Field(Activities, required=True, description="the same by kind and direction")
    response_times = graphene.Field(
        BusinessTimes,
        required=True,
        description="how long clients who wrote to them in the period waited for an answer, of those who have one: from the "
        "first e-mail or message to the first call, meeting, e-mail or message that went out to the client afterwards",
    )
    unanswered = graphene.Int(required=True, description="clients who wrote to them in the period and still wait")
    handed_over = graphene.Field(HandedDeals, required=True, description="to other managers, in the period")
    taken_over = graphene.Field(HandedDeals, required=True, description="from other managers, in the period")
    overdue_tasks = graphene.Int(
        required=True, description="theirs to do, due before the moment of the report, whenever, and not done"
    )
    due_tasks = graphene.Field(DueTasks, required=True, description="theirs, that were due in the period")
    tasks_done_in_time = graphene.Field(
        Ratio, required=True, description="of the tasks due in the period that are done or overdue"
    )
    claims_resolved = graphene.Int(required=True, description="in the period, and not reopened since")
    claims_resolved_in_time = graphene.Field(
        Ratio, required=True, description="by their deadlines, of the resolved claims that had one"
    )
    claims_answered_in_time = graphene.Field(
        Ratio, required=True, description="by their deadlines, of the claims first answered in the period that had one"
    )

    def resolve_manager(row: Json, info: GraphQLResolveInfo) -> Deferred:
        return info.context.loaders.managers.load(row["manager_id"])


class ManagerPerformanceReport(graphene.ObjectType):
    """The results of managers."""

    class Meta:
        interfaces = (OfMoment,)

    rows = graphene.List(graphene.NonNull(ManagerPerformance), required=True)
