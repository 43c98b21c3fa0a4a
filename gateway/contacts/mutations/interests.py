"""registerInterest and closeInterest."""

from __future__ import annotations

import graphene

from gateway.commands import mutation, whole
from gateway.contacts.types import Interest, InterestStatus
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload
from gateway.shapes.scalars import occurred_at
from gateway.shapes.values import MoneyInput


class RegisterInterestInput(graphene.InputObjectType):
    """What a partner asked for, or where it came from; at least one is said."""

    partner = reference(Kind.PARTNER, required=True)
    source = graphene.String()
    campaign = graphene.String()
    text = graphene.String()
    amount = graphene.InputField(MoneyInput)
    idempotency_key = graphene.String()
    occurred_at = occurred_at()


class RegisterInterestPayload(Payload):
    """The interest, or what to put right."""

    interest = graphene.Field(Interest)


class CloseInterestInput(graphene.InputObjectType):
    """What became of an interest: MET, or UNMET with the reason."""

    interest = reference(Kind.INTEREST, required=True)
    status = InterestStatus(required=True)
    reason = graphene.String()
    expected_version = graphene.Int()
    idempotency_key = graphene.String()
    occurred_at = occurred_at()


class CloseInterestPayload(Payload):
    """The interest as it is now, or what to put right."""

    interest = graphene.Field(Interest)


register_interest = mutation(
    "contacts",
    "register_interest",
    takes=RegisterInterestInput,
    gives=RegisterInterestPayload,
    read=whole("interest"),
    description="Put on record what a partner asked for.",
)

close_interest = mutation(
    "contacts",
    "close_interest",
    takes=CloseInterestInput,
    gives=CloseInterestPayload,
    read=whole("interest"),
    description="Say whether what a partner asked for was sold, or why not.",
)
