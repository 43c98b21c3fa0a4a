"""changeDealProcess and changeProcessOfDeals."""

from __future__ import annotations

import graphene

from chassis.errors import Problem
from chassis.wire import Json
from gateway.commands import mutation, whole
from gateway.deals.types import Deal
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload, UserError, user_error


class ChangeDealProcessInput(graphene.InputObjectType):
    """A deal to go on in another version or process; without a stage, at the one with the key of its present stage."""

    deal = reference(Kind.DEAL, required=True)
    process = reference(Kind.PROCESS, required=True)
    stage = graphene.String()
    expected_version = graphene.Int()
    idempotency_key = graphene.String()


class ChangeDealProcessPayload(Payload):
    """The deal, or what to put right: STAGE_REQUIRED where the process has no stage of that key."""

    deal = graphene.Field(Deal)


class StageMappingInput(graphene.InputObjectType):
    """Deals that stand at one stage go on at another."""

    from_stage = graphene.String(required=True)
    to_stage = graphene.String(required=True)


class ChangeProcessOfDealsInput(graphene.InputObjectType):
    """The open deals of one version to go on in another; a stage that is not named keeps its key.

    200 deals are changed in one request; `after` is what the one before it answered.
    """

    from_process = reference(Kind.PROCESS, required=True)
    to_process = reference(Kind.PROCESS, required=True)
    stages = graphene.List(graphene.NonNull(StageMappingInput))
    after = graphene.Int()
    idempotency_key = graphene.String()


class DealProcessResult(graphene.ObjectType):
    """What became of one deal: as it is now, or why it stays in its version."""

    id = graphene.ID(required=True)
    deal = graphene.Field(Deal)
    errors = graphene.List(graphene.NonNull(UserError), required=True)


class ChangeProcessOfDealsPayload(Payload):
    """A result for each deal; `after`, where there are more, is to be given in the next request."""

    results = graphene.List(graphene.NonNull(DealProcessResult))
    after = graphene.Int()


def _results(answer: Json) -> Json:
    return {
        "after": answer["after"],
        "results": [
            {
                "id": result["deal_id"],
                "deal": result["deal"],
                "errors": [user_error(Problem.from_json(problem)) for problem in result["problems"]],
            }
            for result in answer["results"]
        ],
    }


change_deal_process = mutation(
    "deals",
    "change_deal_process",
    takes=ChangeDealProcessInput,
    gives=ChangeDealProcessPayload,
    read=whole("deal"),
    description="Let a deal go on in a newer version of its process, or in another; needs the scope `process`.",
)

change_process_of_deals = mutation(
    "deals",
    "change_process_of_deals",
    takes=ChangeProcessOfDealsInput,
    gives=ChangeProcessOfDealsPayload,
    read=_results,
    description="Let all open deals of a version go on in another; needs the scope `process`.",
)
