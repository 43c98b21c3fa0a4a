"""Who changed what, and when."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json, encode
from gateway.contacts.types.contact_point import Address, ContactPointKind, Messenger
from gateway.contacts.types.staff import Manager
from gateway.execution.deferred import Deferred
from gateway.shapes.connections import connected, connection_of, page_arguments, page_request
from gateway.shapes.scalars import Date, DateTime


class ContactPointAction(graphene.Enum):
    """What was done to a contact point."""

    ADDED = "ADDED"
    CHANGED = "CHANGED"
    ENDED = "ENDED"
    RESTORED = "RESTORED"


class ContactPointState(graphene.ObjectType):
    """What a contact point was at a moment."""

    value = graphene.String(required=True)
    original = graphene.String(required=True)
    primary = graphene.Boolean(required=True)
    extension = graphene.String()
    messenger = Messenger()
    address = graphene.Field(Address)
    valid_from = Date()
    valid_to = Date()


class ContactPointChange(graphene.ObjectType):
    """One change of a contact point: from what (null where it was new) to what, by whom and when."""

    contact_point = graphene.ID(required=True, description="the id of the contact point")
    kind = ContactPointKind(required=True)
    action = ContactPointAction(required=True)
    before = graphene.Field(ContactPointState)
    after = graphene.Field(ContactPointState)
    by = graphene.String(required=True, description="who did it, as their token names them")
    manager = graphene.Field(Manager, description="who did it, where that is a manager")
    at = DateTime(required=True)

    def resolve_contact_point(change: Json, info: GraphQLResolveInfo) -> str:
        return change["contact_point_id"]

    def resolve_by(change: Json, info: GraphQLResolveInfo) -> str:
        return change["actor"]

    def resolve_manager(change: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.managers.load(change["member_id"])

    def resolve_at(change: Json, info: GraphQLResolveInfo) -> str:
        return change["changed_at"]


class ContactChange(graphene.ObjectType):
    """One field of a partner, a person or a legal entity that changed; what is no text is given as JSON."""

    field = graphene.String(required=True)
    version = graphene.Int(required=True, description="the version that the change made")
    before = graphene.String()
    after = graphene.String()
    by = graphene.String(required=True, description="who did it, as their token names them")
    manager = graphene.Field(Manager, description="who did it, where that is a manager")
    at = DateTime(required=True)

    def resolve_before(change: Json, info: GraphQLResolveInfo) -> str | None:
        return _text(change["before"])

    def resolve_after(change: Json, info: GraphQLResolveInfo) -> str | None:
        return _text(change["after"])

    def resolve_by(change: Json, info: GraphQLResolveInfo) -> str:
        return change["actor"]

    def resolve_manager(change: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.managers.load(change["member_id"])

    def resolve_at(change: Json, info: GraphQLResolveInfo) -> str:
        return change["changed_at"]


ContactChangeConnection: Any = connection_of("ContactChange", "gateway.contacts.types.ContactChange")
ContactPointChangeConnection: Any = connection_of("ContactPointChange", "gateway.contacts.types.ContactPointChange")


class WithHistory:
    """The fields of what keeps a record of its changes."""

    changes = graphene.Field(
        ContactChangeConnection, required=True, description="what changed, the newest first", **page_arguments()
    )
    contact_point_history = graphene.Field(
        ContactPointChangeConnection,
        required=True,
        description="every change of its contact points, the newest first",
        **page_arguments(),
    )

    def resolve_changes(
        thing: Json, info: GraphQLResolveInfo, first: int | None = None, after: str | None = None
    ) -> Deferred:
        arguments = {"page": page_request(info, first, after)}
        return connected(info.context.loaders.changes_of(arguments).load(thing["id"]), after)

    def resolve_contact_point_history(
        thing: Json, info: GraphQLResolveInfo, first: int | None = None, after: str | None = None
    ) -> Deferred:
        arguments = {"page": page_request(info, first, after)}
        return connected(info.context.loaders.contact_point_history(arguments).load(thing["id"]), after)


def _text(value: Json) -> str | None:
    return value if value is None or isinstance(value, str) else encode(value).decode()
