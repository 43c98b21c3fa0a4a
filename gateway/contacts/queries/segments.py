"""Questions about segments, hand-overs and the assignment of partners."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from gateway.contacts.types import AssignmentRules, HandOver, Segment, SegmentConnection
from gateway.execution.deferred import Deferred
from gateway.kinds import Kind, names_a
from gateway.services import ask
from gateway.shapes.connections import connected, page_arguments, page_request


class SegmentQueries(graphene.ObjectType):
    """Questions about segments, hand-overs and assignment."""

    segment = graphene.Field(Segment, id=graphene.ID(required=True))
    segments = graphene.Field(SegmentConnection, required=True, description="by name", **page_arguments())
    hand_over = graphene.Field(HandOver, id=graphene.ID(required=True))
    assignment_rules = graphene.Field(
        AssignmentRules, required=True, description="to whom new partners go that come without a manager"
    )

    def resolve_segment(_root: object, info: GraphQLResolveInfo, id: str) -> Deferred | None:
        return info.context.loaders.segments.load(id) if names_a(Kind.SEGMENT, id) else None

    def resolve_segments(
        _root: object, info: GraphQLResolveInfo, first: int | None = None, after: str | None = None
    ) -> Deferred:
        payload = {"page": page_request(info, first, after)}
        return connected(ask(info.context.services, "contacts", "list_segments", payload), after)

    def resolve_hand_over(_root: object, info: GraphQLResolveInfo, id: str) -> Deferred | None:
        return info.context.loaders.hand_overs.load(id) if names_a(Kind.HAND_OVER, id) else None

    def resolve_assignment_rules(_root: object, info: GraphQLResolveInfo) -> Deferred:
        return ask(info.context.services, "contacts", "assignment_rules", {})
