"""Claims: how they stand, how their clocks do, and what was said."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.claims.satisfaction import satisfaction_field, satisfaction_requests_field
from gateway.contacts.types.interaction import interactions_field
from gateway.contacts.types.timeline import timeline_field
from gateway.deals.types.changes import ChangeConnection
from gateway.execution.deferred import Deferred
from gateway.shapes.connections import connected, connection_of, page_arguments, page_request
from gateway.shapes.node import Node
from gateway.shapes.scalars import DateTime


class ClaimSeverity(graphene.Enum):
    """How bad it is for the client."""

    LOW = "LOW"
    NORMAL = "NORMAL"
    HIGH = "HIGH"
    CRITICAL = "CRITICAL"


class ClaimCause(graphene.Enum):
    """What the claim is about."""

    DELIVERY = "DELIVERY"
    GOODS = "GOODS"
    DOCUMENTS = "DOCUMENTS"
    SERVICE = "SERVICE"


class ClaimStatus(graphene.Enum):
    """How far the work on a claim is."""

    REGISTERED = "REGISTERED"
    ASSIGNED = "ASSIGNED"
    WAITING = "WAITING"
    RESOLVED = "RESOLVED"


class ClaimRootCause(graphene.Enum):
    """Why it came to a claim, as found when it was resolved."""

    DEFECT = "DEFECT"
    DAMAGE_IN_TRANSIT = "DAMAGE_IN_TRANSIT"
    SHORTAGE = "SHORTAGE"
    WRONG_GOODS = "WRONG_GOODS"
    LATE_DELIVERY = "LATE_DELIVERY"
    DOCUMENT_ERROR = "DOCUMENT_ERROR"
    PRICE_ERROR = "PRICE_ERROR"
    STAFF_ERROR = "STAFF_ERROR"
    CLIENT_ERROR = "CLIENT_ERROR"
    UNFOUNDED = "UNFOUNDED"
    OTHER = "OTHER"


class ClaimAnswerKind(graphene.Enum):
    """An answer to the client, a note among us, or what a machine replied: only an answer is a first response."""

    ANSWER = "ANSWER"
    NOTE = "NOTE"
    AUTOMATIC_REPLY = "AUTOMATIC_REPLY"


class ClaimAnswer(graphene.ObjectType):
    """Something that was said about a claim; the words of an interaction are with it."""

    kind = ClaimAnswerKind(required=True)
    text = graphene.String()
    answered_at = DateTime(required=True)
    recorded_at = DateTime(required=True)
    manager = graphene.Field("gateway.contacts.types.Manager")
    interaction = graphene.Field("gateway.contacts.types.Interaction")

    def resolve_manager(answer: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.managers.load(answer["manager_id"])

    def resolve_interaction(answer: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.interactions.load(answer["interaction_id"])


ClaimAnswerConnection: Any = connection_of("ClaimAnswer", "gateway.claims.types.ClaimAnswer")


class Claim(graphene.ObjectType):
    """A client's complaint about a delivery, goods, documents or service.

    Seconds are business time. What is late ran, or runs, past its deadline; null where no policy sets one.
    """

    class Meta:
        interfaces = (Node,)

    version = graphene.Int(required=True)
    number = graphene.String(required=True)
    subject = graphene.String(required=True)
    description = graphene.String()
    severity = ClaimSeverity(required=True)
    cause = ClaimCause(required=True)
    status = ClaimStatus(required=True)
    partner = graphene.Field("gateway.contacts.types.Partner")
    deal = graphene.Field("gateway.deals.types.Deal")
    assignee = graphene.Field("gateway.contacts.types.Manager")
    registered_at = DateTime(required=True)
    resolved_at = DateTime()
    resolution = graphene.String()
    root_cause = ClaimRootCause(description="null as long as it is open, and where nobody found it")
    products = graphene.List(graphene.NonNull(graphene.String), required=True)
    policy = graphene.Field(
        "gateway.claims.types.SlaPolicy", description="the version it was registered under; null of an imported claim"
    )
    first_response_due_at = DateTime()
    first_responded_at = DateTime(description="the first answer of a human to the client")
    first_response_seconds = graphene.Int()
    first_response_late = graphene.Boolean()
    resolution_due_at = DateTime(description="null also while its clock stands still before it")
    resolution_seconds = graphene.Int(required=True, description="spent by the last thing that happened to the claim")
    resolution_late = graphene.Boolean()
    waiting_since = DateTime(description="since when it waits on the client")
    times_reopened = graphene.Int(required=True)
    answers = graphene.Field(
        ClaimAnswerConnection, required=True, description="what was said, the newest first", **page_arguments()
    )
    changes = graphene.Field(
        ChangeConnection, required=True, description="who changed what, the newest first", **page_arguments()
    )
    interactions = interactions_field()
    timeline = timeline_field()
    satisfaction = satisfaction_field("CLAIM")
    satisfaction_requests = satisfaction_requests_field("CLAIM")

    def resolve_partner(claim: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.partners.load(claim["partner_id"])

    def resolve_deal(claim: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.deals.load(claim["deal_id"])

    def resolve_assignee(claim: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.managers.load(claim["assignee_id"])

    def resolve_policy(claim: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.sla_policies.load(claim["policy_id"])

    def resolve_answers(
        claim: Json, info: GraphQLResolveInfo, first: int | None = None, after: str | None = None
    ) -> Deferred:
        arguments = {"page": page_request(info, first, after)}
        return connected(info.context.loaders.answers_of_claims(arguments).load(claim["id"]), after)

    def resolve_changes(
        claim: Json, info: GraphQLResolveInfo, first: int | None = None, after: str | None = None
    ) -> Deferred:
        arguments = {"page": page_request(info, first, after)}
        return connected(info.context.loaders.changes_of_claims(arguments).load(claim["id"]), after)


ClaimConnection: Any = connection_of("Claim", "gateway.claims.types.Claim")
