"""Questions about primary interests."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.contacts.types import (
    InterestConnection,
    InterestStatus,
)
from gateway.execution.deferred import Deferred
from gateway.kinds import Kind
from gateway.references import references
from gateway.services import ask
from gateway.shapes.connections import connected, page_arguments, page_request
from gateway.shapes.filters import wire_filter


class InterestFilter(graphene.InputObjectType):
    """Which interests; what is not given does not matter, an empty list lets nothing through."""

    statuses = graphene.List(graphene.NonNull(InterestStatus))
    partners = references(Kind.PARTNER)
    sources = graphene.List(graphene.NonNull(graphene.String))


class InterestQueries(graphene.ObjectType):
    """Questions to primary interests."""

    interests = graphene.Field(
        InterestConnection,
        required=True,
        filter=graphene.Argument(InterestFilter),
        description="the newest first",
        **page_arguments(),
    )

    def resolve_interests(
        _root: object,
        info: GraphQLResolveInfo,
        filter: Json | None = None,
        first: int | None = None,
        after: str | None = None,
    ) -> Deferred:
        payload = {"filter": wire_filter(filter, InterestFilter), "page": page_request(info, first, after)}
        return connected(ask(info.context.services, "contacts", "list_interests", payload), after)
