"""handOverDeals and cancelPlannedHandOver."""

from __future__ import annotations

import graphene

from chassis.wire import Json
from gateway.commands import import_result, mutation, whole
from gateway.deals.types import PlannedHandOver
from gateway.kinds import Kind
from gateway.references import reference, references
from gateway.shapes.bulk import BulkResult
from gateway.shapes.problems import Payload
from gateway.shapes.scalars import Date


class HandOverDealsInput(graphene.InputObjectType):
    """From whom to whom: all deals in progress, or those that are named; today, or on a day to come."""

    from_manager = reference(Kind.MANAGER, required=True)
    to_manager = reference(Kind.MANAGER, required=True)
    deals = references(Kind.DEAL)
    on = Date()
    idempotency_key = graphene.String()


class HandOverDealsPayload(Payload):
    """How many deals were handed over now, the day on which, and what became of each."""

    handed_over = graphene.Int()
    on = Date()
    results = graphene.List(graphene.NonNull(BulkResult))
    planned = graphene.Field(PlannedHandOver, description="what waits for its day; null where it is done")


class CancelPlannedHandOverInput(graphene.InputObjectType):
    """A hand-over whose day has not come."""

    hand_over = reference(Kind.PLANNED_HAND_OVER, required=True)
    idempotency_key = graphene.String()


class CancelPlannedHandOverPayload(Payload):
    """What was planned, or what to put right: NOT_FOUND."""

    planned = graphene.Field(PlannedHandOver)


def _payload(answer: Json) -> Json:
    return {**answer, "results": [import_result(result) for result in answer["results"]]}


hand_over_deals = mutation(
    "deals",
    "hand_over_deals",
    takes=HandOverDealsInput,
    gives=HandOverDealsPayload,
    read=_payload,
    description="Give a manager's deals to another one, to whom reports credit what happens from then on.",
)
cancel_planned_hand_over = mutation(
    "deals",
    "cancel_planned_hand_over",
    takes=CancelPlannedHandOverInput,
    gives=CancelPlannedHandOverPayload,
    read=whole("planned"),
    description="Leave deals with their manager after all, whose hand-over was set for a day to come.",
)
