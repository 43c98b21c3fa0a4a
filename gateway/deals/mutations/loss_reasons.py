"""addLossReason, changeLossReason and retireLossReason."""

from __future__ import annotations

import graphene

from gateway.commands import mutation, whole
from gateway.deals.types import LossReason
from gateway.shapes.problems import Payload


class AddLossReasonInput(graphene.InputObjectType):
    """A new reason; its place in the list is counted from 1, and the last one if not said."""

    key = graphene.String(required=True, description="small letters, digits and underscores")
    name = graphene.String(required=True)
    russian_name = graphene.String(required=True)
    place = graphene.Int()
    idempotency_key = graphene.String()


class AddLossReasonPayload(Payload):
    """The reason, or what to put right."""

    loss_reason = graphene.Field(LossReason)


class ChangeLossReasonInput(graphene.InputObjectType):
    """Other names or another place for a reason; what is left out stays as it is."""

    key = graphene.String(required=True)
    name = graphene.String()
    russian_name = graphene.String()
    place = graphene.Int()
    idempotency_key = graphene.String()


class ChangeLossReasonPayload(Payload):
    """The reason, or what to put right."""

    loss_reason = graphene.Field(LossReason)


class RetireLossReasonInput(graphene.InputObjectType):
    """A reason that no new loss takes any more."""

    key = graphene.String(required=True)
    idempotency_key = graphene.String()


class RetireLossReasonPayload(Payload):
    """The reason, or what to put right."""

    loss_reason = graphene.Field(LossReason)


add_loss_reason = mutation(
    "deals",
    "add_loss_reason",
    takes=AddLossReasonInput,
    gives=AddLossReasonPayload,
    read=whole("loss_reason"),
    description="Add a reason to the list of loss reasons; needs the scope `lists`.",
)

change_loss_reason = mutation(
    "deals",
    "change_loss_reason",
    takes=ChangeLossReasonInput,
    gives=ChangeLossReasonPayload,
    read=whole("loss_reason"),
    description="Change the names or the place of a loss reason; needs the scope `lists`.",
)

retire_loss_reason = mutation(
    "deals",
    "retire_loss_reason",
    takes=RetireLossReasonInput,
    gives=RetireLossReasonPayload,
    read=whole("loss_reason"),
    description="Retire a loss reason, which stays readable; needs the scope `lists`.",
)
