"""Approvals of the head of sales."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.deals.types.process import Stage, stage_of
from gateway.execution.deferred import Deferred
from gateway.shapes.connections import connection_of
from gateway.shapes.node import Node
from gateway.shapes.scalars import DateTime


class ApprovalStatus(graphene.Enum):
    """How a request for an approval stands."""

    REQUESTED = "REQUESTED"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"


class Approval(graphene.ObjectType):
    """A request that the head of sales let a deal enter a stage, and what was decided; `task` is whose turn it is."""

    class Meta:
        interfaces = (Node,)

    version = graphene.Int(required=True)
    deal = graphene.Field("gateway.deals.types.Deal")
    stage = graphene.Field(Stage)
    status = ApprovalStatus(required=True)
    task = graphene.Field("gateway.deals.types.Task")
    note = graphene.String()
    requested_at = DateTime(required=True)
    requested_by = graphene.String(required=True)
    decided_at = DateTime()
    decided_by = graphene.String()
    decision_note = graphene.String()

    def resolve_deal(approval: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.deals.load(approval["deal_id"])

    def resolve_stage(approval: Json, info: GraphQLResolveInfo) -> Deferred | None:
        process = info.context.loaders.processes.load(approval["process_id"])
        return process.then(lambda process: stage_of(process, approval["stage"])) if process else None

    def resolve_task(approval: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.tasks.load(approval["task_id"])


ApprovalConnection: Any = connection_of("Approval", "gateway.deals.types.Approval")
