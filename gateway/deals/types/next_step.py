"""Next steps of deals."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.execution.deferred import Deferred
from gateway.shapes.node import Node
from gateway.shapes.scalars import DateTime


class StepKind(graphene.Enum):
    """What kind of step it is."""

    CALL = "CALL"
    MEETING = "MEETING"
    EMAIL = "EMAIL"
    OTHER = "OTHER"


class StepStatus(graphene.Enum):
    """What has become of a step; a deal has one that is PLANNED, at most."""

    PLANNED = "PLANNED"
    DONE = "DONE"
    DROPPED = "DROPPED"
    REPLACED = "REPLACED"


class NextStep(graphene.ObjectType):
    """What comes next in a deal, or came; `deal` is null for an assignee who does not see it."""

    class Meta:
        interfaces = (Node,)

    version = graphene.Int(required=True)
    deal = graphene.Field("gateway.deals.types.Deal")
    kind = StepKind(required=True)
    subject = graphene.String(required=True)
    due_at = DateTime(required=True)
    assignee = graphene.Field("gateway.contacts.types.Manager")
    remind_at = DateTime()
    status = StepStatus(required=True)
    overdue = graphene.Boolean(required=True)
    planned_at = DateTime(required=True)
    closed_at = DateTime()

    def resolve_deal(step: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.deals.load(step["deal_id"])

    def resolve_assignee(step: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.managers.load(step["assignee_id"])
