"""Contact points."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.execution.deferred import Deferred
from gateway.shapes.connections import connected, page_arguments, page_request
from gateway.shapes.node import Node
from gateway.shapes.scalars import Date


class ContactPointKind(graphene.Enum):
    """How a contact point reaches someone."""

    PHONE = "PHONE"
    EMAIL = "EMAIL"
    ADDRESS = "ADDRESS"
    SITE = "SITE"
    MESSENGER = "MESSENGER"


class Messenger(graphene.Enum):
    """Where a messenger's account is."""

    TELEGRAM = "TELEGRAM"
    WHATSAPP = "WHATSAPP"
    VIBER = "VIBER"
    SIGNAL = "SIGNAL"
    WECHAT = "WECHAT"
    SKYPE = "SKYPE"
    LINE = "LINE"
    VK = "VK"
    MAX = "MAX"
    OTHER = "OTHER"


class Address(graphene.ObjectType):
    """The parts of a postal address, as far as they are known."""

    country = graphene.String()
    postal_code = graphene.String()
    region = graphene.String()
    city = graphene.String()
    street = graphene.String()
    building = graphene.String()
    unit = graphene.String()


class ContactPoint(graphene.ObjectType):
    """A phone, e-mail, address, site or messenger; `original` is what was typed, `value` what it is found by."""

    class Meta:
        interfaces = (Node,)

    kind = ContactPointKind(required=True)
    value = graphene.String(required=True)
    original = graphene.String(required=True)
    primary = graphene.Boolean(required=True)
    extension = graphene.String(description="of a phone")
    messenger = Messenger()
    address = graphene.Field(Address)
    valid_from = Date()
    valid_to = Date(description="the first day on which it holds no more")
    history = graphene.Field(
        "gateway.contacts.types.ContactPointChangeConnection",
        required=True,
        description="every change, the newest first",
        **page_arguments(),
    )

    def resolve_history(
        point: Json, info: GraphQLResolveInfo, first: int | None = None, after: str | None = None
    ) -> Deferred:
        arguments = {"page": page_request(info, first, after)}
        return connected(info.context.loaders.contact_point_history(arguments).load(point["id"]), after)
