"""Questions about interactions."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.contacts.filters import InteractionFilter, interaction_filter
from gateway.contacts.types import (
    Interaction,
    InteractionConnection,
)
from gateway.execution.deferred import Deferred
from gateway.kinds import Kind, names_a
from gateway.services import ask
from gateway.shapes.connections import connected, page_arguments, page_request


class InteractionQueries(graphene.ObjectType):
    """Questions to interactions."""

    interaction = graphene.Field(Interaction, id=graphene.ID(required=True))
    interactions = graphene.Field(
        InteractionConnection,
        required=True,
        filter=graphene.Argument(InteractionFilter),
        description="the newest first; what is planned goes by when it is planned for",
        **page_arguments(),
    )

    def resolve_interaction(_root: object, info: GraphQLResolveInfo, id: str) -> Deferred | None:
        return info.context.loaders.interactions.load(id) if names_a(Kind.INTERACTION, id) else None

    def resolve_interactions(
        _root: object,
        info: GraphQLResolveInfo,
        filter: Json | None = None,
        first: int | None = None,
        after: str | None = None,
    ) -> Deferred:
        payload = {"filter": interaction_filter(filter), "page": page_request(info, first, after)}
        return connected(ask(info.context.services, "contacts", "list_interactions", payload), after)
