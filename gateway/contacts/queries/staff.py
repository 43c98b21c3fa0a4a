"""Questions about managers and teams."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from gateway.contacts.types import (
    ManagerConnection,
    Team,
)
from gateway.execution.deferred import Deferred
from gateway.services import ask
from gateway.shapes.connections import connected, page_arguments, page_request


class StaffQueries(graphene.ObjectType):
    """Questions to managers and teams."""

    managers = graphene.Field(ManagerConnection, required=True, **page_arguments())
    teams = graphene.List(graphene.NonNull(Team), required=True)

    def resolve_managers(
        _root: object, info: GraphQLResolveInfo, first: int | None = None, after: str | None = None
    ) -> Deferred:
        payload = {"page": page_request(info, first, after)}
        return connected(ask(info.context.services, "contacts", "list_managers", payload), after)

    def resolve_teams(_root: object, info: GraphQLResolveInfo) -> Deferred:
        return ask(info.context.services, "contacts", "list_teams", {}).then(lambda answer: answer["nodes"])
