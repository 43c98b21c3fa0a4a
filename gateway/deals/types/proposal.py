"""Proposals: versions with lines and alternatives, and what clients answered."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.execution.deferred import Deferred
from gateway.shapes.node import Node
from gateway.shapes.scalars import Date, DateTime, Decimal
from gateway.shapes.values import Money


class ProposalStatus(graphene.Enum):
    """How a version of a proposal stands.

    EXPIRED is one that was not answered while it was valid; an answer that comes late makes it RESPONDED. SUPERSEDED is
    one whose place another version took: no response to it counts.
    """

    DRAFT = "DRAFT"
    SENT = "SENT"
    RESPONDED = "RESPONDED"
    EXPIRED = "EXPIRED"
    SUPERSEDED = "SUPERSEDED"


class ProposalResponseKind(graphene.Enum):
    """How a client reacted to a version of a proposal."""

    ACCEPTED = "ACCEPTED"
    REJECTED = "REJECTED"
    COUNTER_OFFER = "COUNTER_OFFER"
    DEFERRED = "DEFERRED"
    NO_ANSWER = "NO_ANSWER"


class ProposalLine(graphene.ObjectType):
    """What is offered, how much of it and for what; money is rounded to the currency's smallest unit in each line."""

    product = graphene.String(required=True)
    quantity = Decimal(required=True)
    price = graphene.Field(Money, required=True, description="of one")
    discount_percent = Decimal()
    tax_percent = Decimal()
    alternative = graphene.String(description="null: part of the offer whatever the client takes")
    discount = graphene.Field(Money, required=True)
    net = graphene.Field(Money, required=True)
    tax = graphene.Field(Money, required=True)
    gross = graphene.Field(Money, required=True)


class Totals(graphene.ObjectType):
    """The exact sums of lines."""

    discount = graphene.Field(Money, required=True)
    net = graphene.Field(Money, required=True)
    tax = graphene.Field(Money, required=True)
    gross = graphene.Field(Money, required=True, description="what is to be paid")


class ProposalAlternative(graphene.ObjectType):
    """A group of lines of which the client takes one; its totals hold the lines for all cases too."""

    name = graphene.String(required=True)
    totals = graphene.Field(Totals, required=True)


class ProposalResponse(graphene.ObjectType):
    """What a client answered; `amount` is what an accepted version comes to, `replacedAt` since when it counts no more."""

    id = graphene.ID(required=True)
    response = ProposalResponseKind(required=True)
    reason = graphene.String(description="the key of a loss reason")
    competitor = graphene.Field("gateway.contacts.types.Partner")
    deferred_until = Date()
    comment = graphene.String()
    alternative = graphene.String()
    amount = graphene.Field(Money)
    occurred_at = DateTime(required=True)
    recorded_at = DateTime(required=True)
    by = graphene.String(required=True)
    replaced_at = DateTime()

    def resolve_competitor(response: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.partners.load(response["competitor_id"])


class ProposalVersion(graphene.ObjectType):
    """What was offered once; a version that is sent stays as it is. `validUntil` is its last day."""

    id = graphene.ID(required=True)
    number = graphene.Int(required=True)
    status = ProposalStatus(required=True)
    valid_until = Date()
    note = graphene.String()
    sent_at = DateTime()
    prices_include_tax = graphene.Boolean(required=True)
    lines = graphene.List(graphene.NonNull(ProposalLine), required=True)
    alternatives = graphene.List(graphene.NonNull(ProposalAlternative), required=True)
    totals = graphene.Field(Totals, description="null while they depend on the alternative that the client takes")
    response = graphene.Field(ProposalResponse, description="the one that counts")
    responses = graphene.List(
        graphene.NonNull(ProposalResponse), required=True, description="all there were, the oldest first"
    )


class Proposal(graphene.ObjectType):
    """A proposal to a client within a deal; `status` is that of its newest version."""

    class Meta:
        interfaces = (Node,)

    version = graphene.Int(required=True, description="counts the changes, for expectedVersion")
    number = graphene.String(required=True)
    status = ProposalStatus(required=True)
    deal = graphene.Field("gateway.deals.types.Deal", required=True)
    versions = graphene.List(graphene.NonNull(ProposalVersion), required=True)
    latest = graphene.Field(ProposalVersion, required=True)

    def resolve_deal(proposal: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.deals.load(proposal["deal_id"])

    def resolve_latest(proposal: Json, info: GraphQLResolveInfo) -> Json:
        return proposal["versions"][-1]
