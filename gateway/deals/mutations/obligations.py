"""registerObligation, rescheduleObligation, fulfilObligation and cancelObligation."""

from __future__ import annotations

import graphene

from gateway.commands import mutation, whole
from gateway.deals.types import Obligation
from gateway.deals.types.obligations import Debtor, ObligationKind
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload
from gateway.shapes.scalars import Date, Decimal
from gateway.shapes.values import MoneyInput


class RegisterObligationInput(graphene.InputObjectType):
    """What somebody owes and no document tells of: an amount, or a quantity; papers are one set, unless said."""

    deal = reference(Kind.DEAL, required=True)
    debtor = Debtor(required=True)
    kind = ObligationKind(required=True)
    due_on = Date(required=True)
    amount = graphene.InputField(MoneyInput)
    quantity = Decimal()
    note = graphene.String()
    idempotency_key = graphene.String()


class RegisterObligationPayload(Payload):
    """The obligation, or what to put right."""

    obligation = graphene.Field(Obligation)


class RescheduleObligationInput(graphene.InputObjectType):
    """Another day by which something is owed."""

    obligation = reference(Kind.OBLIGATION, required=True)
    due_on = Date(required=True)
    expected_version = graphene.Int()
    idempotency_key = graphene.String()


class RescheduleObligationPayload(Payload):
    """The obligation, or what to put right."""

    obligation = graphene.Field(Obligation)


class FulfilObligationInput(graphene.InputObjectType):
    """What is fulfilled: all that is left, unless less is named; today, unless a day is named."""

    obligation = reference(Kind.OBLIGATION, required=True)
    amount = graphene.InputField(MoneyInput)
    quantity = Decimal()
    fulfilled_on = Date()
    expected_version = graphene.Int()
    idempotency_key = graphene.String()


class FulfilObligationPayload(Payload):
    """The obligation, or what to put right."""

    obligation = graphene.Field(Obligation)


class CancelObligationInput(graphene.InputObjectType):
    """What is owed no more."""

    obligation = reference(Kind.OBLIGATION, required=True)
    expected_version = graphene.Int()
    idempotency_key = graphene.String()


class CancelObligationPayload(Payload):
    """The obligation, or what to put right."""

    obligation = graphene.Field(Obligation)


register_obligation = mutation(
    "deals",
    "register_obligation",
    takes=RegisterObligationInput,
    gives=RegisterObligationPayload,
    read=whole("obligation"),
    description="Register by hand what somebody owes within a deal.",
)

reschedule_obligation = mutation(
    "deals",
    "reschedule_obligation",
    takes=RescheduleObligationInput,
    gives=RescheduleObligationPayload,
    read=whole("obligation"),
    description="Agree on another day for an open obligation; punctuality is measured by the original one.",
)

fulfil_obligation = mutation(
    "deals",
    "fulfil_obligation",
    takes=FulfilObligationInput,
    gives=FulfilObligationPayload,
    read=whole("obligation"),
    description="Say that what no payment and no shipment fulfils is fulfilled, as papers that came back.",
)

cancel_obligation = mutation(
    "deals",
    "cancel_obligation",
    takes=CancelObligationInput,
    gives=CancelObligationPayload,
    read=whole("obligation"),
    description="Take back an obligation that was registered by hand.",
)
