"""handOver."""

from __future__ import annotations

import graphene

from gateway.commands import mutation, whole
from gateway.contacts.types import HandOver
from gateway.kinds import Kind
from gateway.references import reference, references
from gateway.shapes.problems import Payload


class HandOverInput(graphene.InputObjectType):
    """From whom to whom: all partners, or those that are named; deals and plans go along unless it is said not to."""

    from_manager = reference(Kind.MANAGER, required=True)
    to_manager = reference(Kind.MANAGER, required=True)
    partners = references(Kind.PARTNER)
    deals = graphene.Boolean(
        description="the partners' deals in progress; handOverDeals is for those without a partner"
    )
    plans = graphene.Boolean(description="planned interactions, and reminders")
    reason = graphene.String()
    idempotency_key = graphene.String()


class HandOverPayload(Payload):
    """The hand-over, or what to put right; many partners go one batch after another, until it is completed."""

    hand_over = graphene.Field(HandOver)


hand_over = mutation(
    "contacts",
    "hand_over_partners",
    takes=HandOverInput,
    gives=HandOverPayload,
    read=whole("hand_over"),
    description="Give a manager's partners to another one, with what is planned with them and with their deals.",
)
