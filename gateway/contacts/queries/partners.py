"""Questions about partners."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.contacts.types import (
    Partner,
    PartnerConnection,
    PartnerRole,
)
from gateway.execution.deferred import Deferred
from gateway.kinds import Kind, names_a
from gateway.references import references
from gateway.services import ask
from gateway.shapes.connections import connected, page_arguments, page_request
from gateway.shapes.filters import ordered, wire_filter


class PartnerFilter(graphene.InputObjectType):
    """Which partners; what is not given does not matter, an empty list lets nothing through."""

    roles = graphene.List(graphene.NonNull(PartnerRole), description="in any of these roles")
    managers = references(Kind.MANAGER)
    segments = references(Kind.SEGMENT, description="in any of these")


class PartnerOrder(graphene.Enum):
    """What a list of partners is sorted by."""

    NAME = "NAME"
    NAME_DESC = "NAME_DESC"
    REGISTERED_AT = "REGISTERED_AT"
    REGISTERED_AT_DESC = "REGISTERED_AT_DESC"


class PartnerQueries(graphene.ObjectType):
    """Questions to partners."""

    partner = graphene.Field(Partner, id=graphene.ID(required=True))
    partners = graphene.Field(
        PartnerConnection,
        required=True,
        filter=graphene.Argument(PartnerFilter),
        search=graphene.String(),
        order_by=graphene.Argument(PartnerOrder),
        **page_arguments(),
    )
    competitors = graphene.Field(
        PartnerConnection,
        required=True,
        description="to whom deals may be lost: the partners in the role COMPETITOR, by name",
        search=graphene.String(),
        **page_arguments(),
    )

    def resolve_partner(_root: object, info: GraphQLResolveInfo, id: str) -> Deferred | None:
        return info.context.loaders.partners.load(id) if names_a(Kind.PARTNER, id) else None

    def resolve_partners(
        _root: object,
        info: GraphQLResolveInfo,
        filter: Json | None = None,
        search: str | None = None,
        order_by: str | None = None,
        first: int | None = None,
        after: str | None = None,
    ) -> Deferred:
        payload = {"filter": wire_filter(filter, PartnerFilter), "page": page_request(info, first, after)}
        payload |= {"contacts": False} | ordered(order_by, "NAME") | ({"search": search} if search else {})
        return connected(ask(info.context.services, "contacts", "list_partners", payload), after)

    def resolve_competitors(
        _root: object,
        info: GraphQLResolveInfo,
        search: str | None = None,
        first: int | None = None,
        after: str | None = None,
    ) -> Deferred:
        payload = {"filter": {"roles": ["COMPETITOR"]}, "page": page_request(info, first, after), "contacts": False}
        payload |= ordered(None, "NAME") | ({"search": search} if search else {})
        return connected(ask(info.context.services, "contacts", "list_partners", payload), after)
