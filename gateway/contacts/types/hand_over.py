"""Hand-overs of partners from a manager to another one."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.execution.deferred import Deferred
from gateway.shapes.node import Node
from gateway.shapes.scalars import DateTime


class HandOver(graphene.ObjectType):
    """What goes from a manager to another one; the numbers are what has gone so far, and grow until it is completed."""

    class Meta:
        interfaces = (Node,)

    from_manager = graphene.Field("gateway.contacts.types.Manager")
    to_manager = graphene.Field("gateway.contacts.types.Manager")
    deals = graphene.Boolean(required=True, description="whether the partners' deals in progress go along")
    plans = graphene.Boolean(required=True, description="whether planned interactions and reminders go along")
    reason = graphene.String()
    completed = graphene.Boolean(required=True)
    partner_count = graphene.Int(required=True)
    interaction_count = graphene.Int(required=True)
    reminder_count = graphene.Int(required=True)
    asked_at = DateTime(required=True)

    def resolve_from_manager(hand_over: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.managers.load(hand_over["from_manager_id"])

    def resolve_to_manager(hand_over: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.managers.load(hand_over["to_manager_id"])

    def resolve_partner_count(hand_over: Json, _info: GraphQLResolveInfo) -> Json:
        return hand_over["partners"]

    def resolve_interaction_count(hand_over: Json, _info: GraphQLResolveInfo) -> Json:
        return hand_over["interactions"]

    def resolve_reminder_count(hand_over: Json, _info: GraphQLResolveInfo) -> Json:
        return hand_over["reminders"]
