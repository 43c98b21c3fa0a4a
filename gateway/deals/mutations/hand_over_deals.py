"""handOverDeals."""

from __future__ import annotations

import graphene

from chassis.wire import Json
from gateway.commands import import_result, mutation
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
