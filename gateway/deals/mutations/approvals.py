"""requestApproval and decideApproval."""

from __future__ import annotations

import graphene

from gateway.commands import mutation, whole
from gateway.deals.types import Approval
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload


class RequestApprovalInput(graphene.InputObjectType):
    """A stage for which a deal needs the approval of the head of sales, by its key."""

    deal = reference(Kind.DEAL, required=True)
    stage = graphene.String(required=True)
    note = graphene.String()
    idempotency_key = graphene.String()


class RequestApprovalPayload(Payload):
    """The request, or what to put right: NO_APPROVAL_NEEDED, APPROVAL_PENDING, ALREADY_APPROVED."""

    approval = graphene.Field(Approval)


class DecideApprovalInput(graphene.InputObjectType):
    """What the head of sales says to a request."""

    approval = reference(Kind.APPROVAL, required=True)
    approved = graphene.Boolean(required=True)
    note = graphene.String()
    expected_version = graphene.Int()
    idempotency_key = graphene.String()


class DecideApprovalPayload(Payload):
    """The approval, or what to put right: ALREADY_DECIDED."""

    approval = graphene.Field(Approval)


request_approval = mutation(
    "deals",
    "request_approval",
    takes=RequestApprovalInput,
    gives=RequestApprovalPayload,
    read=whole("approval"),
    description="Ask the head of sales to let a deal enter a stage; it becomes a task of the head of the manager's team.",
)

decide_approval = mutation(
    "deals",
    "decide_approval",
    takes=DecideApprovalInput,
    gives=DecideApprovalPayload,
    read=whole("approval"),
    description="Approve or reject what was asked for; needs the scope `approve`: admin and head of sales.",
)
