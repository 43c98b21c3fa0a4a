"""planNextStep, completeNextStep, dropNextStep."""

from __future__ import annotations

import graphene

from gateway.commands import mutation, whole
from gateway.deals.types import NextStep, StepKind
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload
from gateway.shapes.scalars import DateTime


class PlanNextStepInput(graphene.InputObjectType):
    """What comes next in a deal; without an assignee it is the deal's manager who does it."""

    deal = reference(Kind.DEAL, required=True)
    kind = StepKind(required=True)
    subject = graphene.String(required=True)
    due_at = DateTime(required=True)
    assignee = reference(Kind.MANAGER)
    remind_before = graphene.Int(description="minutes before it is due; without it nobody is reminded")
    expected_version = graphene.Int(description="of the deal")
    idempotency_key = graphene.String()


class CompleteNextStepInput(graphene.InputObjectType):
    """A step that is taken."""

    step = reference(Kind.NEXT_STEP, required=True)
    expected_version = graphene.Int(description="of the step")
    idempotency_key = graphene.String()


class DropNextStepInput(graphene.InputObjectType):
    """A step that will not be taken."""

    step = reference(Kind.NEXT_STEP, required=True)
    expected_version = graphene.Int(description="of the step")
    idempotency_key = graphene.String()


class PlanNextStepPayload(Payload):
    """The step, or what to put right: DUE_IN_PAST, DEAL_CLOSED, CONFLICT."""

    step = graphene.Field(NextStep)


class CompleteNextStepPayload(Payload):
    """The step, or what to put right: STEP_CLOSED, CONFLICT."""

    step = graphene.Field(NextStep)


class DropNextStepPayload(Payload):
    """The step, or what to put right: STEP_CLOSED, CONFLICT."""

    step = graphene.Field(NextStep)


plan_next_step = mutation(
    "deals",
    "plan_next_step",
    takes=PlanNextStepInput,
    gives=PlanNextStepPayload,
    read=whole("step"),
    description="Plan the next step of a deal, in the place of the one that is planned.",
)
complete_next_step = mutation(
    "deals",
    "complete_next_step",
    takes=CompleteNextStepInput,
    gives=CompleteNextStepPayload,
    read=whole("step"),
    description="Say that the next step of a deal is taken.",
)
drop_next_step = mutation(
    "deals",
    "drop_next_step",
    takes=DropNextStepInput,
    gives=DropNextStepPayload,
    read=whole("step"),
    description="Say that the next step of a deal will not be taken.",
)
