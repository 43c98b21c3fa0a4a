"""How satisfied clients are, and who was asked."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.execution.deferred import Deferred
from gateway.shapes.connections import connected, connection_of, page_arguments, page_request
from gateway.shapes.node import Node
from gateway.shapes.scalars import DateTime


class SatisfactionScale(graphene.Enum):
    """CSAT goes from 1 to 5, NPS from 0 to 10."""

    CSAT = "CSAT"
    NPS = "NPS"


class SatisfactionSubject(graphene.Enum):
    """What a client is asked about."""

    DEAL = "DEAL"
    CLAIM = "CLAIM"
    SHIPMENT = "SHIPMENT"
    ORDER = "ORDER"


class OfSatisfaction:
    """What an answer and a request have in common: what it is about, and whose it is."""

    about = SatisfactionSubject(required=True)
    about_id = graphene.ID(required=True, description="the id of what it is about")
    scale = SatisfactionScale(required=True)
    partner = graphene.Field("gateway.contacts.types.Partner")
    deal = graphene.Field("gateway.deals.types.Deal", description="what it is about, or to which that belongs")
    claim = graphene.Field("gateway.claims.types.Claim")
    manager = graphene.Field("gateway.contacts.types.Manager", description="who was responsible then")
    respondent = graphene.Field("gateway.contacts.types.ContactPerson", description="null: the client itself")

    def resolve_about(one: Json, _info: GraphQLResolveInfo) -> str:
        return one["subject_kind"]

    def resolve_about_id(one: Json, _info: GraphQLResolveInfo) -> str:
        return one["subject_id"]

    def resolve_partner(one: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.partners.load(one["partner_id"])

    def resolve_deal(one: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.deals.load(one["deal_id"])

    def resolve_claim(one: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.claims.load(one["claim_id"])

    def resolve_manager(one: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.managers.load(one["manager_id"])

    def resolve_respondent(one: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.contact_persons.load(one["respondent_id"])


class SatisfactionResponse(OfSatisfaction, graphene.ObjectType):
    """What a client answered about a deal, claim, order or shipment."""

    class Meta:
        interfaces = (Node,)

    score = graphene.Int(required=True)
    comment = graphene.String()
    answered_at = DateTime(required=True)
    recorded_at = DateTime(required=True)
    counts = graphene.Boolean(
        required=True, description="the latest answer of its respondent about its subject, on its scale"
    )
    request = graphene.Field("gateway.claims.types.SatisfactionRequest", description="what was answered by it")

    def resolve_request(one: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.satisfaction_requests.load(one["request_id"])


class SatisfactionRequest(OfSatisfaction, graphene.ObjectType):
    """That a client was asked how satisfied they are; whoever sends surveys hears of it as an event."""

    class Meta:
        interfaces = (Node,)

    requested_at = DateTime(required=True)
    automatic = graphene.Boolean(required=True, description="asked by the system, as a claim or a deal came to its end")
    answered_at = DateTime()


SatisfactionConnection: Any = connection_of("Satisfaction", "gateway.claims.types.SatisfactionResponse")
SatisfactionRequestConnection: Any = connection_of("SatisfactionRequest", "gateway.claims.types.SatisfactionRequest")


def satisfaction_field(of: str) -> Any:
    """Make the field of what clients answered about a thing (PARTNER, DEAL, CLAIM), the newest first."""

    def resolve(thing: Json, info: GraphQLResolveInfo, first: int | None = None, after: str | None = None) -> Deferred:
        arguments = {"of": of, "page": page_request(info, first, after)}
        return connected(info.context.loaders.satisfaction_of(arguments).load(thing["id"]), after)

    return graphene.Field(
        "gateway.claims.types.SatisfactionConnection",
        required=True,
        description="how satisfied the client is, the newest answers first",
        resolver=resolve,
        **page_arguments(),
    )


def satisfaction_requests_field(of: str) -> Any:
    """Make the field of who was asked about a thing (PARTNER, DEAL, CLAIM), the newest first."""

    def resolve(thing: Json, info: GraphQLResolveInfo, first: int | None = None, after: str | None = None) -> Deferred:
        arguments = {"of": of, "page": page_request(info, first, after)}
        return connected(info.context.loaders.satisfaction_requests_of(arguments).load(thing["id"]), after)

    return graphene.Field(
        "gateway.claims.types.SatisfactionRequestConnection",
        required=True,
        description="when the client was asked how satisfied they are, the newest first",
        resolver=resolve,
        **page_arguments(),
    )
