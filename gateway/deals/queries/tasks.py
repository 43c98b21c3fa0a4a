"""Questions about tasks."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.deals.types import Task, TaskConnection, TaskPriority, TaskStatus
from gateway.execution.deferred import Deferred
from gateway.kinds import Kind, names_a
from gateway.references import references
from gateway.services import ask
from gateway.shapes.connections import connected, page_arguments, page_request
from gateway.shapes.filters import ordered, wire_filter


class TaskFilter(graphene.InputObjectType):
    """Which tasks; what is not given does not matter, an empty list lets nothing through."""

    assignees = references(Kind.MANAGER)
    deals = references(Kind.DEAL)
    statuses = graphene.List(graphene.NonNull(TaskStatus))
    priorities = graphene.List(graphene.NonNull(TaskPriority))
    stages = graphene.List(graphene.NonNull(graphene.String), description="keys of stages")
    overdue = graphene.Boolean(description="open tasks, of deals in progress, whose time has come")
    blocked = graphene.Boolean(description="open tasks that wait for another one")


class TaskOrder(graphene.Enum):
    """What a list of tasks is sorted by; what is due at no time comes as the latest."""

    DUE_AT = "DUE_AT"
    DUE_AT_DESC = "DUE_AT_DESC"
    CREATED_AT = "CREATED_AT"
    CREATED_AT_DESC = "CREATED_AT_DESC"


class TaskQueries(graphene.ObjectType):
    """Questions to deals about tasks."""

    task = graphene.Field(Task, id=graphene.ID(required=True))
    tasks = graphene.Field(
        TaskConnection,
        required=True,
        description="tasks of deals that the caller sees, and the caller's own in whatever deal",
        filter=graphene.Argument(TaskFilter),
        order_by=graphene.Argument(TaskOrder, description="what is due first, if not said"),
        **page_arguments(),
    )

    def resolve_task(_root: object, info: GraphQLResolveInfo, id: str) -> Deferred | None:
        return info.context.loaders.tasks.load(id) if names_a(Kind.TASK, id) else None

    def resolve_tasks(
        _root: object,
        info: GraphQLResolveInfo,
        filter: Json | None = None,
        order_by: str | None = None,
        first: int | None = None,
        after: str | None = None,
    ) -> Deferred:
        payload = {"filter": wire_filter(filter, TaskFilter), "page": page_request(info, first, after)}
        payload |= ordered(order_by, "DUE_AT")
        return connected(ask(info.context.services, "deals", "list_tasks", payload), after)
