"""Questions about claims."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.claims.types import Claim, ClaimConnection, ClaimSeverity, ClaimStatus, SlaPolicy
from gateway.execution.deferred import Deferred
from gateway.kinds import Kind, names_a
from gateway.references import references
from gateway.services import ask
from gateway.shapes.connections import connected, page_arguments, page_request
from gateway.shapes.filters import ordered, wire_filter


class ClaimFilter(graphene.InputObjectType):
    """Which claims; what is not given does not matter, an empty list lets nothing through."""

    partners = references(Kind.PARTNER)
    deals = references(Kind.DEAL)
    assignees = references(Kind.MANAGER)
    statuses = graphene.List(graphene.NonNull(ClaimStatus))
    severities = graphene.List(graphene.NonNull(ClaimSeverity))
    late = graphene.Boolean(description="open past one of their deadlines, or not")


class ClaimOrder(graphene.Enum):
    """What a list of claims is sorted by."""

    REGISTERED_AT = "REGISTERED_AT"
    REGISTERED_AT_DESC = "REGISTERED_AT_DESC"
    SEVERITY = "SEVERITY"
    SEVERITY_DESC = "SEVERITY_DESC"


class ClaimQueries(graphene.ObjectType):
    """Questions to claims."""

    claim = graphene.Field(Claim, id=graphene.ID(required=True))
    claims = graphene.Field(
        ClaimConnection,
        required=True,
        filter=graphene.Argument(ClaimFilter),
        order_by=graphene.Argument(ClaimOrder, description="the newest first, if not said"),
        **page_arguments(),
    )

    sla_policies = graphene.List(
        graphene.NonNull(SlaPolicy),
        required=True,
        description="the service levels, the version in force first",
    )

    def resolve_sla_policies(_root: object, info: GraphQLResolveInfo) -> Deferred:
        return ask(info.context.services, "claims", "sla_policies_by_ids", {}).then(lambda found: found["nodes"])

    def resolve_claim(_root: object, info: GraphQLResolveInfo, id: str) -> Deferred | None:
        return info.context.loaders.claims.load(id) if names_a(Kind.CLAIM, id) else None

    def resolve_claims(
        _root: object,
        info: GraphQLResolveInfo,
        filter: Json | None = None,
        order_by: str | None = None,
        first: int | None = None,
        after: str | None = None,
    ) -> Deferred:
        payload = {"filter": wire_filter(filter, ClaimFilter), "page": page_request(info, first, after)}
        payload |= ordered(order_by, "REGISTERED_AT_DESC")
        return connected(ask(info.context.services, "claims", "list_claims", payload), after)
