"""Reminders."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.contacts.filters import ReminderState
from gateway.execution.deferred import Deferred
from gateway.kinds import THINGS, Kind, kind_named_by
from gateway.shapes.connections import connection_of
from gateway.shapes.node import Node
from gateway.shapes.scalars import DateTime


class Reminder(graphene.ObjectType):
    """What tells a manager, at a moment, of something that is to come or was not done."""

    class Meta:
        interfaces = (Node,)

    version = graphene.Int(required=True)
    manager = graphene.Field("gateway.contacts.types.Manager")
    about = graphene.Field(Node, description="a partner, deal, claim, interaction or task, where it is about one")
    deal = graphene.Field("gateway.deals.types.Deal")
    note = graphene.String()
    state = ReminderState(required=True)
    due = graphene.Boolean(required=True, description="it has told of something and was not dismissed since")
    next_at = DateTime(description="when it fires next")
    occurrence_at = DateTime(description="when that takes place of which it tells next")
    recurrence = graphene.String(description="RRULE of RFC 5545")
    time_zone = graphene.String(required=True, description="by whose clock it recurs")
    minutes_before = graphene.Int(required=True)
    last_fired_at = DateTime()
    last_occurrence_at = DateTime()
    snoozed_until = DateTime()
    escalated = graphene.Boolean(required=True, description="something of another manager's is overdue")

    def resolve_manager(reminder: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.managers.load(reminder["manager_id"])

    def resolve_deal(reminder: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.deals.load(reminder["deal_id"])

    def resolve_about(reminder: Json, info: GraphQLResolveInfo) -> Deferred | None:
        about = reminder["subject_id"]
        kind = kind_named_by(about) if about is not None else None
        return getattr(info.context.loaders, THINGS[kind].loader).load(about) if isinstance(kind, Kind) else None


ReminderConnection: Any = connection_of("Reminder", "gateway.contacts.types.Reminder")
