"""Who asks."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.actor import Actor
from gateway.contacts.types import Manager
from gateway.execution.deferred import Deferred


class Viewer(graphene.ObjectType):
    """The caller, as the token says."""

    id = graphene.ID(required=True)
    role = graphene.String(required=True)
    manager = graphene.Field(Manager)
    scopes = graphene.List(graphene.NonNull(graphene.String), required=True)

    def resolve_manager(viewer: dict[str, object], info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.managers.load(viewer["manager_id"])


def viewer_of(actor: Actor) -> dict[str, object]:
    """Give an actor in the shape of Viewer."""
    return {
        "id": actor.subject,
        "role": actor.role,
        "manager_id": str(actor.member_id) if actor.member_id else None,
        "scopes": sorted(actor.scopes),
    }
