"""Segments, their rules and their members."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.contacts.types.partner_role import PartnerRole
from gateway.execution.deferred import Deferred
from gateway.shapes.connections import connected, connection_of, page_arguments, page_request
from gateway.shapes.node import Node


class SegmentMatch(graphene.Enum):
    """Whether a partner has to meet all conditions of a rule, or any one."""

    ALL = "ALL"
    ANY = "ANY"


class SegmentCondition(graphene.ObjectType):
    """One thing that is asked of a partner; the field that is not null says what."""

    roles = graphene.List(graphene.NonNull(PartnerRole))
    managers = graphene.List(graphene.NonNull("gateway.contacts.types.Manager"))
    teams = graphene.List(graphene.NonNull("gateway.contacts.types.Team"), description="of the manager")
    sources = graphene.List(graphene.NonNull(graphene.String))
    countries = graphene.List(graphene.NonNull(graphene.String), description="of a legal entity")
    open_interest = graphene.Boolean()
    last_interaction_within_days = graphene.Int()
    no_interaction_within_days = graphene.Int(description="also where there never was one")

    def resolve_managers(condition: Json, info: GraphQLResolveInfo) -> Deferred | None:
        ids = condition["manager_ids"]
        return info.context.loaders.managers.load_many(ids).then(_present) if ids is not None else None

    def resolve_teams(condition: Json, info: GraphQLResolveInfo) -> Deferred | None:
        ids = condition["team_ids"]
        return info.context.loaders.teams.load_many(ids).then(_present) if ids is not None else None


def _present(things: list[Json]) -> list[Json]:
    return [thing for thing in things if thing is not None]


class SegmentRule(graphene.ObjectType):
    """What makes partners members by itself."""

    match = SegmentMatch(required=True)
    conditions = graphene.List(graphene.NonNull(SegmentCondition), required=True)


class Segment(graphene.ObjectType):
    """A named set of partners; without a rule its members are named by hand."""

    class Meta:
        interfaces = (Node,)

    version = graphene.Int(required=True)
    name = graphene.String(required=True)
    rule = graphene.Field(SegmentRule)
    members = graphene.Field(
        "gateway.contacts.types.PartnerConnection",
        required=True,
        description="those whom the caller may see, by name",
        **page_arguments(),
    )

    def resolve_members(
        segment: Json, info: GraphQLResolveInfo, first: int | None = None, after: str | None = None
    ) -> Deferred:
        arguments = {"page": page_request(info, first, after)}
        return connected(info.context.loaders.members_of_segments(arguments).load(segment["id"]), after)


SegmentConnection: Any = connection_of("Segment", "gateway.contacts.types.Segment")
