"""What is found by words."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.execution.deferred import Deferred
from gateway.kinds import THINGS, Kind
from gateway.shapes.node import Node


class SearchKind(graphene.Enum):
    """What can be found."""

    PARTNER = "PARTNER"
    CONTACT_PERSON = "CONTACT_PERSON"
    LEGAL_ENTITY = "LEGAL_ENTITY"
    INTERACTION = "INTERACTION"


class SearchHit(graphene.ObjectType):
    """Something that was found, and by which of its fields: name, fullName, taxId, contactPoint, interest, text …"""

    kind = SearchKind(required=True)
    field = graphene.String(required=True)
    node = graphene.Field(Node, description="the partner, contact person, legal entity or interaction")

    def resolve_node(hit: Json, info: GraphQLResolveInfo) -> Deferred | None:
        loader = getattr(info.context.loaders, THINGS[Kind[hit["kind"]]].loader)
        found: Deferred | None = loader.load(hit["id"])
        return found
