"""Managers and teams."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.contacts.types.calendar_feed import CalendarFeed
from gateway.contacts.types.interaction import interactions_field
from gateway.contacts.types.timeline import timeline_field
from gateway.execution.deferred import Deferred
from gateway.shapes.connections import connection_of
from gateway.shapes.node import Node
from gateway.shapes.values import ExternalRef


class Team(graphene.ObjectType):
    """Managers who work together; teams form a tree."""

    class Meta:
        interfaces = (Node,)

    name = graphene.String(required=True)
    head = graphene.Field("gateway.contacts.types.Manager")
    parent = graphene.Field("gateway.contacts.types.Team")

    def resolve_head(team: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.managers.load(team["head_id"])

    def resolve_parent(team: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.teams.load(team["parent_id"])


class Manager(graphene.ObjectType):
    """An employee who works with partners."""

    class Meta:
        interfaces = (Node,)

    name = graphene.String(required=True)
    email = graphene.String()
    time_zone = graphene.String(description="by whose clock they are reminded; the enterprise's, if there is none")
    team = graphene.Field(Team)
    external_ref = graphene.Field(ExternalRef)
    calendar_feeds = graphene.List(graphene.NonNull(CalendarFeed), required=True)
    interactions = interactions_field()
    timeline = timeline_field()

    def resolve_calendar_feeds(manager: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.calendar_feeds.load(manager["id"])

    def resolve_team(manager: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.teams.load(manager["team_id"])


ManagerConnection: Any = connection_of("Manager", "gateway.contacts.types.Manager")
