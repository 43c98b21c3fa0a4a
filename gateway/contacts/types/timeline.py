"""Timelines: what happened, the newest first."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.execution.deferred import Deferred
from gateway.shapes.connections import connected, connection_of, page_arguments, page_request
from gateway.shapes.scalars import DateTime
from gateway.shapes.values import Money


class TimelineKind(graphene.Enum):
    """What kind of fact an entry is: the type of its event."""

    PARTNER_REGISTERED = "PARTNER_REGISTERED"
    PARTNER_MERGED = "PARTNER_MERGED"
    PARTNER_UNMERGED = "PARTNER_UNMERGED"
    PARTNER_HANDED_OVER = "PARTNER_HANDED_OVER"
    INTERACTION_REGISTERED = "INTERACTION_REGISTERED"
    INTERACTION_CORRECTED = "INTERACTION_CORRECTED"
    INTERACTION_PLANNED = "INTERACTION_PLANNED"
    INTERACTION_RESCHEDULED = "INTERACTION_RESCHEDULED"
    INTERACTION_CANCELLED = "INTERACTION_CANCELLED"
    DEAL_OPENED = "DEAL_OPENED"
    DEAL_STAGE_CHANGED = "DEAL_STAGE_CHANGED"
    DEAL_WON = "DEAL_WON"
    DEAL_LOST = "DEAL_LOST"
    DEAL_REOPENED = "DEAL_REOPENED"
    DEAL_HELD = "DEAL_HELD"
    DEAL_RESUMED = "DEAL_RESUMED"
    DEAL_VOIDED = "DEAL_VOIDED"
    DEAL_MERGED = "DEAL_MERGED"
    DEAL_UNMERGED = "DEAL_UNMERGED"
    DEAL_PROCESS_CHANGED = "DEAL_PROCESS_CHANGED"
    SALE_TERMS_REGISTERED = "SALE_TERMS_REGISTERED"
    PROPOSAL_SENT = "PROPOSAL_SENT"
    PROPOSAL_RESPONDED = "PROPOSAL_RESPONDED"
    PROPOSAL_SUPERSEDED = "PROPOSAL_SUPERSEDED"
    CUSTOMER_ORDER_CONFIRMED = "CUSTOMER_ORDER_CONFIRMED"
    CUSTOMER_ORDER_CHANGED = "CUSTOMER_ORDER_CHANGED"
    CUSTOMER_ORDER_CANCELLED = "CUSTOMER_ORDER_CANCELLED"
    SUPPLIER_ORDER_PLACED = "SUPPLIER_ORDER_PLACED"
    SUPPLIER_ORDER_RECEIVED = "SUPPLIER_ORDER_RECEIVED"
    SUPPLIER_ORDER_CANCELLED = "SUPPLIER_ORDER_CANCELLED"
    SHIPMENT_REGISTERED = "SHIPMENT_REGISTERED"
    PAYMENT_REGISTERED = "PAYMENT_REGISTERED"
    PAYMENT_REVERSED = "PAYMENT_REVERSED"
    RETURN_REGISTERED = "RETURN_REGISTERED"
    OBLIGATION_REGISTERED = "OBLIGATION_REGISTERED"
    OBLIGATION_FULFILLED = "OBLIGATION_FULFILLED"
    OBLIGATION_RESCHEDULED = "OBLIGATION_RESCHEDULED"
    OBLIGATION_REOPENED = "OBLIGATION_REOPENED"
    TASK_COMPLETED = "TASK_COMPLETED"
    NEXT_STEP_PLANNED = "NEXT_STEP_PLANNED"
    NEXT_STEP_DONE = "NEXT_STEP_DONE"
    NEXT_STEP_DROPPED = "NEXT_STEP_DROPPED"
    CLAIM_REGISTERED = "CLAIM_REGISTERED"
    CLAIM_ASSIGNED = "CLAIM_ASSIGNED"
    CLAIM_CHANGED = "CLAIM_CHANGED"
    CLAIM_RESPONDED = "CLAIM_RESPONDED"
    CLAIM_WAITING = "CLAIM_WAITING"
    CLAIM_RESUMED = "CLAIM_RESUMED"
    CLAIM_ESCALATED = "CLAIM_ESCALATED"
    CLAIM_RESOLVED = "CLAIM_RESOLVED"
    CLAIM_REOPENED = "CLAIM_REOPENED"
    SATISFACTION_REQUESTED = "SATISFACTION_REQUESTED"
    SATISFACTION_RECORDED = "SATISFACTION_RECORDED"


class TimelineDetail(graphene.ObjectType):
    """One thing that a fact tells, as its event named it: new_stage, response, reason."""

    name = graphene.String(required=True)
    value = graphene.String(required=True)


class TimelineEntry(graphene.ObjectType):
    """A fact: when it happened, when it became known, what it is about; what the caller may not see of that is null."""

    id = graphene.ID(required=True)
    kind = TimelineKind(required=True)
    source = graphene.String(required=True, description="the service that told of it")
    occurred_at = DateTime(required=True)
    recorded_at = DateTime(required=True)
    partner = graphene.Field("gateway.contacts.types.Partner")
    deal = graphene.Field("gateway.deals.types.Deal")
    claim = graphene.Field("gateway.claims.types.Claim")
    manager = graphene.Field("gateway.contacts.types.Manager", description="whose it was then")
    interaction = graphene.Field("gateway.contacts.types.Interaction")
    amount = graphene.Field(Money)
    details = graphene.List(graphene.NonNull(TimelineDetail), required=True)

    def resolve_partner(entry: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.partners.load(entry["partner_id"])

    def resolve_deal(entry: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.deals.load(entry["deal_id"])

    def resolve_claim(entry: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.claims.load(entry["claim_id"])

    def resolve_manager(entry: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.managers.load(entry["manager_id"])

    def resolve_interaction(entry: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.interactions.load(entry["interaction_id"])


TimelineConnection: Any = connection_of("Timeline", "gateway.contacts.types.TimelineEntry")


def timeline_field() -> Any:
    """Make the field of a thing's timeline, the newest facts first."""
    return graphene.Field(
        "gateway.contacts.types.TimelineConnection",
        required=True,
        kinds=graphene.List(graphene.NonNull(TimelineKind), description="only facts of these kinds"),
        resolver=_timeline_of,
        **page_arguments(),
    )


def _timeline_of(
    thing: Json,
    info: GraphQLResolveInfo,
    kinds: list[str] | None = None,
    first: int | None = None,
    after: str | None = None,
) -> Deferred:
    arguments: Json = {"page": page_request(info, first, after)}
    if kinds is not None:
        arguments["kinds"] = kinds
    return connected(info.context.loaders.timelines_of(arguments).load(thing["id"]), after)
