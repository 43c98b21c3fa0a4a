"""Questions about partners, managers and teams."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.contacts.filters import InteractionFilter, interaction_filter
from gateway.contacts.types import (
    ContactPerson,
    ContactPersonConnection,
    Interaction,
    InteractionConnection,
    InterestConnection,
    InterestStatus,
    LegalEntity,
    LegalEntityConnection,
    ManagerConnection,
    Partner,
    PartnerConnection,
    PartnerRole,
    PersonRole,
    Team,
)
from gateway.execution.deferred import Deferred
from gateway.kinds import Kind, names_a
from gateway.references import references
from gateway.services import ask
from gateway.shapes.connections import connected, page_arguments, page_request
from gateway.shapes.filters import ordered, wire_filter


class PartnerFilter(graphene.InputObjectType):
    """Which partners; what is not given does not matter."""

    roles = graphene.List(graphene.NonNull(PartnerRole), description="in any of these roles")
    managers = references(Kind.MANAGER)
    segments = references(Kind.SEGMENT, description="in any of these")


class PartnerOrder(graphene.Enum):
    """What a list of partners is sorted by."""

    NAME = "NAME"
    NAME_DESC = "NAME_DESC"
    REGISTERED_AT = "REGISTERED_AT"
    REGISTERED_AT_DESC = "REGISTERED_AT_DESC"


class ContactPersonFilter(graphene.InputObjectType):
    """Which contact persons; what is not given does not matter."""

    partners = references(Kind.PARTNER, description="who work for any of these")
    roles = graphene.List(graphene.NonNull(PersonRole), description="in any of these roles at a partner")


class InterestFilter(graphene.InputObjectType):
    """Which interests; what is not given does not matter."""

    statuses = graphene.List(graphene.NonNull(InterestStatus))
    partners = references(Kind.PARTNER)
    sources = graphene.List(graphene.NonNull(graphene.String))


class LegalEntityFilter(graphene.InputObjectType):
    """Which legal entities; what is not given does not matter."""

    partners = references(Kind.PARTNER, description="behind any of these")
    countries = graphene.List(graphene.NonNull(graphene.String))
    tax_id = graphene.String(description="any of their numbers, in any spelling")


class ContactQueries(graphene.ObjectType):
    """Questions to contacts."""

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
    interaction = graphene.Field(Interaction, id=graphene.ID(required=True))
    interactions = graphene.Field(
        InteractionConnection,
        required=True,
        filter=graphene.Argument(InteractionFilter),
        description="the newest first; what is planned goes by when it is planned for",
        **page_arguments(),
    )
    contact_person = graphene.Field(ContactPerson, id=graphene.ID(required=True))
    contact_persons = graphene.Field(
        ContactPersonConnection,
        required=True,
        filter=graphene.Argument(ContactPersonFilter),
        search=graphene.String(),
        **page_arguments(),
    )
    interests = graphene.Field(
        InterestConnection,
        required=True,
        filter=graphene.Argument(InterestFilter),
        description="the newest first",
        **page_arguments(),
    )
    legal_entity = graphene.Field(LegalEntity, id=graphene.ID(required=True))
    legal_entities = graphene.Field(
        LegalEntityConnection,
        required=True,
        filter=graphene.Argument(LegalEntityFilter),
        search=graphene.String(),
        **page_arguments(),
    )
    managers = graphene.Field(ManagerConnection, required=True, **page_arguments())
    teams = graphene.List(graphene.NonNull(Team), required=True)

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

    def resolve_interests(
        _root: object,
        info: GraphQLResolveInfo,
        filter: Json | None = None,
        first: int | None = None,
        after: str | None = None,
    ) -> Deferred:
        payload = {"filter": wire_filter(filter, InterestFilter), "page": page_request(info, first, after)}
        return connected(ask(info.context.services, "contacts", "list_interests", payload), after)

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

    def resolve_managers(
        _root: object, info: GraphQLResolveInfo, first: int | None = None, after: str | None = None
    ) -> Deferred:
        payload = {"page": page_request(info, first, after)}
        return connected(ask(info.context.services, "contacts", "list_managers", payload), after)

    def resolve_teams(_root: object, info: GraphQLResolveInfo) -> Deferred:
        return ask(info.context.services, "contacts", "list_teams", {}).then(lambda answer: answer["nodes"])

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
