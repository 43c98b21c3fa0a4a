"""Questions about contact persons."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.contacts.types import (
    ContactPerson,
    ContactPersonConnection,
    PersonRole,
)
from gateway.execution.deferred import Deferred
from gateway.kinds import Kind, names_a
from gateway.references import references
from gateway.services import ask
from gateway.shapes.connections import connected, page_arguments, page_request
from gateway.shapes.filters import wire_filter


class ContactPersonFilter(graphene.InputObjectType):
    """Which contact persons; what is not given does not matter, an empty list lets nothing through."""

    partners = references(Kind.PARTNER, description="who work for any of these")
    roles = graphene.List(graphene.NonNull(PersonRole), description="in any of these roles at a partner")


class ContactPersonQueries(graphene.ObjectType):
    """Questions to contact persons."""

    contact_person = graphene.Field(ContactPerson, id=graphene.ID(required=True))
    contact_persons = graphene.Field(
        ContactPersonConnection,
        required=True,
        filter=graphene.Argument(ContactPersonFilter),
        search=graphene.String(),
        **page_arguments(),
    )

    def resolve_contact_person(_root: object, info: GraphQLResolveInfo, id: str) -> Deferred | None:
        return info.context.loaders.contact_persons.load(id) if names_a(Kind.CONTACT_PERSON, id) else None

    def resolve_contact_persons(
        _root: object,
        info: GraphQLResolveInfo,
        filter: Json | None = None,
        search: str | None = None,
        first: int | None = None,
        after: str | None = None,
    ) -> Deferred:
        payload = {"filter": wire_filter(filter, ContactPersonFilter), "page": page_request(info, first, after)}
        payload |= {"search": search} if search else {}
        return connected(ask(info.context.services, "contacts", "list_contact_persons", payload), after)
