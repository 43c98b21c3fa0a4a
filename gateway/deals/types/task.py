"""Plans of work."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.execution.deferred import Deferred
from gateway.shapes.connections import connection_of
from gateway.shapes.node import Node
from gateway.shapes.scalars import Date, DateTime


class TaskStatus(graphene.Enum):
    """How a task stands."""

    PLANNED = "PLANNED"
    IN_PROGRESS = "IN_PROGRESS"
    DONE = "DONE"
    CANCELLED = "CANCELLED"


class TaskPriority(graphene.Enum):
    """How much a task matters."""

    LOW = "LOW"
    NORMAL = "NORMAL"
    HIGH = "HIGH"


class Task(graphene.ObjectType):
    """Something to do for a deal; its assignee sees it also where the deal is not theirs to see (`deal` is null then)."""

    class Meta:
        interfaces = (Node,)

    version = graphene.Int(required=True)
    deal = graphene.Field("gateway.deals.types.Deal")
    title = graphene.String(required=True)
    description = graphene.String()
    assignee = graphene.Field("gateway.contacts.types.Manager")
    due_on = Date(description="the day until whose end it is to be done, where a day was named")
    due_at = DateTime(description="the moment after which it is overdue")
    priority = TaskPriority(required=True)
    stage = graphene.String(description="the key of the stage whose work it is")
    status = TaskStatus(required=True)
    progress = graphene.Int(required=True, description="percent")
    prerequisites = graphene.List(graphene.NonNull("gateway.deals.types.Task"), required=True)
    blocked = graphene.Boolean(required=True, description="it cannot be completed yet: a prerequisite is open")
    overdue = graphene.Boolean(required=True)
    created_at = DateTime(required=True)
    completed_at = DateTime()

    def resolve_deal(task: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.deals.load(task["deal_id"])

    def resolve_assignee(task: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.managers.load(task["assignee_id"])

    def resolve_prerequisites(task: Json, info: GraphQLResolveInfo) -> Deferred:
        found = info.context.loaders.tasks.load_many(task["prerequisite_ids"])
        return found.then(lambda tasks: [one for one in tasks if one is not None])


class WorkPlan(graphene.ObjectType):
    """How far the tasks of a deal are; cancelled ones do not count. `progress` is the share of done, null without tasks."""

    progress = graphene.Float()
    done = graphene.Int(required=True)
    total = graphene.Int(required=True)


TaskConnection: Any = connection_of("Task", "gateway.deals.types.Task")
