"""Claims."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.contacts.types.interaction import interactions_field
from gateway.contacts.types.timeline import timeline_field
from gateway.execution.deferred import Deferred
from gateway.shapes.connections import connection_of
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
    RESOLVED = "RESOLVED"


class Claim(graphene.ObjectType):
    """A client's complaint about a delivery, goods, documents or service."""

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
    interactions = interactions_field()
    timeline = timeline_field()

    def resolve_partner(claim: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.partners.load(claim["partner_id"])

    def resolve_deal(claim: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.deals.load(claim["deal_id"])

    def resolve_assignee(claim: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.managers.load(claim["assignee_id"])


ClaimConnection: Any = connection_of("Claim", "gateway.claims.types.Claim")
