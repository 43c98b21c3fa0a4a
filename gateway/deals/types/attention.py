"""What deals in progress ask attention for."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.execution.deferred import Deferred
from gateway.shapes.connections import connection_of


class AttentionReason(graphene.Enum):
    """Why a deal asks for attention; ROTTING: nothing has happened for as many days as the enterprise allows."""

    DWELL_EXCEEDED = "DWELL_EXCEEDED"
    NEXT_STEP_OVERDUE = "NEXT_STEP_OVERDUE"
    NO_NEXT_STEP = "NO_NEXT_STEP"
    CLOSE_DATE_PASSED = "CLOSE_DATE_PASSED"
    ROTTING = "ROTTING"
    PLANNED_START_PASSED = "PLANNED_START_PASSED"
    TASKS_OVERDUE = "TASKS_OVERDUE"


class ClientKind(graphene.Enum):
    """With whom a deal is: a client, a prospect, or somebody of whom neither is known."""

    EXISTING_CLIENT = "EXISTING_CLIENT"
    PROSPECT = "PROSPECT"
    UNKNOWN = "UNKNOWN"


class UnfinishedDeal(graphene.ObjectType):
    """A deal in progress: how old it is, how long it stands at its stage, and what it asks attention for."""

    deal = graphene.Field("gateway.deals.types.Deal", required=True)
    client_kind = ClientKind(required=True)
    age_days = graphene.Int(required=True)
    dwell_days = graphene.Float(description="at its stage, in all its visits; null without stages")
    visit_days = graphene.Float(description="at its stage, in this visit")
    allowed_dwell_days = graphene.Int(description="for all visits together; null is without bound")
    dwell_exceeded = graphene.Boolean(required=True)
    reasons = graphene.List(graphene.NonNull(AttentionReason), required=True)

    def resolve_dwell_exceeded(found: Json, _info: GraphQLResolveInfo) -> bool:
        return "DWELL_EXCEEDED" in found["reasons"]


class ReasonCount(graphene.ObjectType):
    """How many deals there are for a reason."""

    reason = AttentionReason(required=True)
    count = graphene.Int(required=True)


class UnfinishedSummary(graphene.ObjectType):
    """The deals in progress of a manager, or of nobody: all of them, and how many for each reason."""

    manager = graphene.Field("gateway.contacts.types.Manager")
    total = graphene.Int(required=True)
    reasons = graphene.List(graphene.NonNull(ReasonCount), required=True)

    def resolve_manager(row: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.managers.load(row["manager_id"])


UnfinishedDealConnection: Any = connection_of("UnfinishedDeal", "gateway.deals.types.UnfinishedDeal")
