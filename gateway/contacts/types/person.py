"""Contact persons, and for whom they work."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.contacts.types.contact_point import ContactPoint
from gateway.contacts.types.history import WithHistory
from gateway.contacts.types.interaction import interactions_field
from gateway.contacts.types.timeline import timeline_field
from gateway.execution.deferred import Deferred
from gateway.shapes.connections import connection_of
from gateway.shapes.node import Node
from gateway.shapes.scalars import Date, DateTime
from gateway.shapes.values import ExternalRef


class PersonRole(graphene.Enum):
    """What a person is to a partner or a legal entity."""

    DECISION_MAKER = "DECISION_MAKER"
    BUYER = "BUYER"
    ACCOUNTANT = "ACCOUNTANT"
    DIRECTOR = "DIRECTOR"
    TECHNICAL = "TECHNICAL"
    OTHER = "OTHER"


class PersonLink(graphene.ObjectType):
    """A person's work at a partner or a legal entity; null where that one is not the caller's to see."""

    partner = graphene.Field("gateway.contacts.types.Partner")
    legal_entity = graphene.Field("gateway.contacts.types.LegalEntity")
    role = PersonRole(required=True)
    job_title = graphene.String()
    valid_from = Date()
    valid_to = Date(description="the first day on which it holds no more")

    def resolve_partner(link: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.partners.load(link["partner_id"])

    def resolve_legal_entity(link: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.legal_entities.load(link["legal_entity_id"])


class ContactPerson(WithHistory, graphene.ObjectType):
    """A person to talk to; role, job title and dates are those of where they are shown, else of their first link."""

    class Meta:
        interfaces = (Node,)

    version = graphene.Int(required=True)
    full_name = graphene.String(required=True)
    birthday = Date()
    notes = graphene.String()
    time_zone = graphene.String(description="of IANA, like Europe/Moscow")
    role = PersonRole()
    job_title = graphene.String()
    valid_from = Date()
    valid_to = Date()
    contact_points = graphene.List(graphene.NonNull(ContactPoint), required=True)
    external_ref = graphene.Field(ExternalRef)
    erased_at = DateTime(description="from then on nothing of the person is kept; the name is a placeholder")
    links = graphene.List(
        graphene.NonNull(PersonLink), required=True, description="all partners and legal entities, ended ones too"
    )
    interactions = interactions_field()
    timeline = timeline_field()

    def resolve_links(person: Json, info: GraphQLResolveInfo) -> Json:
        if "links" in person:
            return person["links"]
        load = info.context.loaders.contact_persons.load
        return load(person["id"]).then(lambda whole: whole["links"] if whole else [])


ContactPersonConnection: Any = connection_of("ContactPerson", "gateway.contacts.types.ContactPerson")
