"""requestSatisfaction and recordSatisfaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import graphene

from chassis.wire import Json
from gateway.claims.types import SatisfactionRequest, SatisfactionResponse, SatisfactionScale
from gateway.commands import field, idempotency_key, without_nulls
from gateway.kinds import Kind
from gateway.references import checked, reference
from gateway.services import Services
from gateway.shapes.problems import Payload
from gateway.shapes.scalars import occurred_at


class RequestSatisfactionInput(graphene.InputObjectType):
    """Who is asked, about one deal, claim, order or shipment; the client itself, if no respondent is named."""

    deal = reference(Kind.DEAL)
    claim = reference(Kind.CLAIM)
    shipment = reference(Kind.SHIPMENT)
    order = reference(Kind.CUSTOMER_ORDER)
    scale = SatisfactionScale(required=True)
    respondent = reference(Kind.CONTACT_PERSON)
    idempotency_key = graphene.String()
    occurred_at = occurred_at()


class RequestSatisfactionPayload(Payload):
    """The request, or what to put right."""

    request = graphene.Field(SatisfactionRequest)


class RecordSatisfactionInput(graphene.InputObjectType):
    """What was answered, about one deal, claim, order or shipment; by the client itself, if no respondent is named."""

    deal = reference(Kind.DEAL)
    claim = reference(Kind.CLAIM)
    shipment = reference(Kind.SHIPMENT)
    order = reference(Kind.CUSTOMER_ORDER)
    scale = SatisfactionScale(required=True)
    score = graphene.Int(required=True, description="CSAT: 1 to 5, NPS: 0 to 10")
    respondent = reference(Kind.CONTACT_PERSON)
    comment = graphene.String()
    idempotency_key = graphene.String()
    occurred_at = occurred_at()


class RecordSatisfactionPayload(Payload):
    """The answer, or what to put right."""

    response = graphene.Field(SatisfactionResponse)


def _send(method: str, takes: type[graphene.InputObjectType], name: str) -> Callable[[Services, Json], Json]:
    def run(services: Services, input: Json) -> Json:
        key = idempotency_key(input)
        payload = checked(services, "claims", without_nulls(input), takes)
        payload |= _of_deal(services, payload)
        return {name: services.send("claims", method, payload, key).result()}

    return run


def _of_deal(services: Services, payload: Json) -> Json:
    """Ask the owner of a deal, order or shipment whose it is: claims may not have heard of it yet."""
    deal_id = payload.get("deal_id")
    for name, method in (("shipment_id", "shipments_by_ids"), ("order_id", "customer_orders_by_ids")):
        if deal_id is None and name in payload:
            [found] = services.send("deals", method, {"ids": [payload[name]]}).result()["nodes"]
            deal_id = found and found["deal_id"]
    if deal_id is None:
        return {}
    [deal] = services.send("deals", "deals_by_ids", {"ids": [deal_id]}).result()["nodes"]
    if deal is None:
        return {}
    return {"of_deal": {"deal_id": deal["id"], "partner_id": deal["partner_id"], "manager_id": deal["manager_id"]}}


request_satisfaction: Any = field(
    _send("request_satisfaction", RequestSatisfactionInput, "request"),
    takes=RequestSatisfactionInput,
    gives=RequestSatisfactionPayload,
    description="Ask a client how satisfied they are: answers are matched with it, and who sends surveys hears of it.",
)
record_satisfaction: Any = field(
    _send("record_satisfaction", RecordSatisfactionInput, "response"),
    takes=RecordSatisfactionInput,
    gives=RecordSatisfactionPayload,
    description="Tell how satisfied a client is; a low score makes a task for whoever is responsible.",
)
