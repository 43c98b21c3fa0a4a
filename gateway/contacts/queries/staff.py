"""Questions about managers and teams."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.contacts.types import ManagerConnection, Team
from gateway.execution.deferred import Deferred
from gateway.kinds import Kind
from gateway.references import references
from gateway.services import ask
from gateway.shapes.connections import connected, page_arguments, page_request
from gateway.shapes.filters import wire_filter


class ManagerFilter(graphene.InputObjectType):
    """Which managers; what is not given does not matter, an empty list lets nothing through."""

    teams = references(Kind.TEAM, description="of any of these teams")
    below = graphene.Boolean(description="of the teams below these too; true, if not said")


class StaffQueries(graphene.ObjectType):
    """Questions to managers and teams."""

    managers = graphene.Field(
        ManagerConnection, required=True, filter=graphene.Argument(ManagerFilter), **page_arguments()
    )
    teams = graphene.List(graphene.NonNull(Team), required=True)

    def resolve_managers(
        _root: object,
        info: GraphQLResolveInfo,
        filter: Json | None = None,
        first: int | None = None,
        after: str | None = None,
    ) -> Deferred:
        payload = {"filter": wire_filter(filter, ManagerFilter), "page": page_request(info, first, after)}
        return connected(ask(info.context.services, "contacts", "list_managers", payload), after)

    def resolve_teams(_root: object, info: GraphQLResolveInfo) -> Deferred:
        return ask(info.context.services, "contacts", "list_teams", {}).then(lambda answer: answer["nodes"])
