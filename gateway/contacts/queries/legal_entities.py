"""Questions about legal entities."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.contacts.types import (
    LegalEntity,
    LegalEntityConnection,
)
from gateway.execution.deferred import Deferred
from gateway.kinds import Kind, names_a
from gateway.references import references
from gateway.services import ask
from gateway.shapes.connections import connected, page_arguments, page_request
from gateway.shapes.filters import wire_filter


class LegalEntityFilter(graphene.InputObjectType):
    """Which legal entities; what is not given does not matter, an empty list lets nothing through."""

    partners = references(Kind.PARTNER, description="behind any of these")
    countries = graphene.List(graphene.NonNull(graphene.String))
    tax_id = graphene.String(description="any of their numbers, in any spelling")


class LegalEntityQueries(graphene.ObjectType):
    """Questions to legal entities."""

    legal_entity = graphene.Field(LegalEntity, id=graphene.ID(required=True))
    legal_entities = graphene.Field(
        LegalEntityConnection,
        required=True,
        filter=graphene.Argument(LegalEntityFilter),
        search=graphene.String(),
        **page_arguments(),
    )

    def resolve_legal_entity(_root: object, info: GraphQLResolveInfo, id: str) -> Deferred | None:
        return info.context.loaders.legal_entities.load(id) if names_a(Kind.LEGAL_ENTITY, id) else None

    def resolve_legal_entities(
        _root: object,
        info: GraphQLResolveInfo,
        filter: Json | None = None,
        search: str | None = None,
        first: int | None = None,
        after: str | None = None,
    ) -> Deferred:
        payload = {"filter": wire_filter(filter, LegalEntityFilter), "page": page_request(info, first, after)}
        payload |= {"search": search} if search else {}
        return connected(ask(info.context.services, "contacts", "list_legal_entities", payload), after)
