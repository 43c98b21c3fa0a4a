"""Questions about managers and teams."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from gateway.contacts.types import ManagerConnection, Team
from gateway.execution.deferred import Deferred
from gateway.kinds import Kind
from gateway.lists import list_of
from gateway.references import references
from gateway.services import ask


class ManagerFilter(graphene.InputObjectType):
    """Which managers; what is not given does not matter, an empty list lets nothing through."""

    teams = references(Kind.TEAM, description="of any of these teams")
    below = graphene.Boolean(description="of the teams below these too; true, if not said")


class StaffQueries(graphene.ObjectType):
    """Questions to managers and teams."""

    managers = list_of("contacts", "list_managers", gives=ManagerConnection, by=ManagerFilter)
    teams = graphene.List(graphene.NonNull(Team), required=True)

    def resolve_teams(_root: object, info: GraphQLResolveInfo) -> Deferred:
        return ask(info.context.services, "contacts", "list_teams", {}).then(lambda answer: answer["nodes"])
