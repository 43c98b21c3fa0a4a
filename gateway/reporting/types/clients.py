"""Figures of clients: the answers to the five questions about each."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.contacts.types import Partner, PreferenceKind, PreferenceSource
from gateway.deals.types import Deal, Proposal
from gateway.deals.types.obligations import Debtor, ObligationKind
from gateway.execution.deferred import Deferred
from gateway.reporting.types.moment import OfMoment
from gateway.services import ask
from gateway.shapes.connections import connected, connection_of, page_arguments, page_request
from gateway.shapes.scalars import Date, DateTime, Decimal
from gateway.shapes.values import Money, Ratio


class ReactionKind(graphene.Enum):
    """How a client reacted to a version of a proposal: not yet (AWAITED), or no response to it counts (SUPERSEDED)."""

    ACCEPTED = "ACCEPTED"
    REJECTED = "REJECTED"
    COUNTER_OFFER = "COUNTER_OFFER"
    DEFERRED = "DEFERRED"
    NO_ANSWER = "NO_ANSWER"
    AWAITED = "AWAITED"
    SUPERSEDED = "SUPERSEDED"


class ProposalReaction(graphene.ObjectType):
    """A version of a proposal that was sent, with the one reaction that counts."""

    proposal = graphene.Field(Proposal)
    deal = graphene.Field(Deal)
    version = graphene.Int(required=True)
    sent_at = DateTime(required=True)
    valid_until = Date(required=True)
    amount = graphene.Field(Money, description="null while it depends on the alternative that the client takes")
    reaction = ReactionKind(required=True)
    responded_at = DateTime()
    latency_days = graphene.Float(description="from sending to the answer, in days of 24 hours")
    reason = graphene.String(description="of a rejection, a loss reason's key")
    competitor = graphene.Field(Partner)
    deferred_until = Date()

    def resolve_proposal(row: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.proposals.load(row["proposal_id"])

    def resolve_deal(row: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.deals.load(row["deal_id"])

    def resolve_competitor(row: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.partners.load(row["competitor_id"])


ProposalReactionConnection: Any = connection_of("ProposalReaction", "gateway.reporting.types.ProposalReaction")


class ProposalReactions(graphene.ObjectType):
    """How a client reacted to what was sent in the period: each version counts once, by its effective response."""

    sent = graphene.Int(required=True)
    accepted = graphene.Int(required=True)
    rejected = graphene.Int(required=True)
    counter_offers = graphene.Int(required=True)
    deferred = graphene.Int(required=True)
    no_answer = graphene.Int(required=True, description="the validity ended without one")
    awaited = graphene.Int(required=True, description="the client may still answer")
    superseded = graphene.Int(required=True, description="another version took their place")
    acceptance_rate = graphene.Field(
        Ratio, required=True, description="accepted / those with a response, NO_ANSWER among them"
    )
    answered = graphene.Int(required=True, description="those that the client answered: n of the median")
    median_latency_days = graphene.Float()
    versions = graphene.Field(
        ProposalReactionConnection, required=True, description="what was sent last first", **page_arguments()
    )

    def resolve_counter_offers(part: Json, _info: GraphQLResolveInfo) -> int:
        return part["counter_offer"]

    def resolve_acceptance_rate(part: Json, _info: GraphQLResolveInfo) -> Json:
        return part["acceptance"]

    def resolve_versions(
        part: Json, info: GraphQLResolveInfo, first: int | None = None, after: str | None = None
    ) -> Deferred:
        payload = {**part["report"], "page": page_request(info, first, after)}
        return connected(ask(info.context.services, "reporting", "proposal_reactions", payload), after)


class SatisfactionMonth(graphene.ObjectType):
    """How satisfied a client was by the answers of a month, as 2026-03."""

    month = graphene.String(required=True)
    csat = graphene.Field(Ratio, required=True)
    nps = graphene.Field(Ratio, required=True)


class ClientSatisfaction(graphene.ObjectType):
    """How satisfied a client is: the latest answer of each respondent about each subject counts; denominators are n."""

    csat = graphene.Field(Ratio, required=True, description="answers 4 and 5 / answers")
    nps = graphene.Field(
        Ratio, required=True, description="9 and 10 less 0 to 6 / answers, from -1 to 1; times 100 as it is quoted"
    )
    response_rate = graphene.Field(Ratio, required=True, description="requests that were answered / requests")
    trend = graphene.List(graphene.NonNull(SatisfactionMonth), required=True, description="months with answers")


class HeldPreference(graphene.ObjectType):
    """What a client prefers on the day of the profile."""

    id = graphene.ID(required=True)
    kind = PreferenceKind(required=True)
    value = graphene.String(required=True)
    weight = Decimal(required=True)
    source = PreferenceSource()
    valid_from = Date(required=True)
    valid_to = Date(description="the first day on which it holds no more")


class CategorySpend(graphene.ObjectType):
    """What was spent on a category, and its share."""

    category = graphene.String(required=True, description="the product, where products have no categories")
    amount = Decimal(required=True)
    share = graphene.Field(Ratio, required=True)


class PeriodSpend(graphene.ObjectType):
    """What a client spent in a period, by category."""

    from_ = graphene.Field(Date, name="from")
    to = Date()
    amount = Decimal(required=True, description="all that belongs to a category")
    apart = Decimal(required=True, description="won amounts that are not those of one product")
    unconverted = graphene.Int(required=True)
    categories = graphene.List(graphene.NonNull(CategorySpend), required=True)

    def resolve_from_(spend: Json, _info: GraphQLResolveInfo) -> str | None:
        return spend["from"]


class PreferenceDrift(graphene.ObjectType):
    """How far spend moved: ½·Σ|share₁ − share₂| over categories, from 0 to 1; null where a period has no spend."""

    value = graphene.Float()
    earlier = graphene.Field(PeriodSpend, required=True)
    later = graphene.Field(PeriodSpend, required=True)


class Punctuality(graphene.ObjectType):
    """How exactly obligations of one kind are met, by the days first agreed on; sums are money, of papers sets."""

    debtor = Debtor(required=True)
    kind = ObligationKind(required=True)
    obligations = graphene.Int(required=True, description="n: those due in the period; what is not yet due is left out")
    on_time = graphene.Field(Ratio, required=True, description="Σ fulfilled by the due day and grace / Σ due")
    days_late = graphene.Field(
        Ratio, required=True, description="Σ amount × days late / Σ due; what is not fulfilled is late until the moment"
    )
    overdue = graphene.Int(required=True, description="obligations with something left past their present due day")
    overdue_amount = Decimal(required=True)
    unconverted = graphene.Int(required=True, description="those left out of the sums for want of an amount or a rate")


class RealisedIncome(graphene.ObjectType):
    """What a client brought in the period: goods shipped less goods returned; where no document says them, won amounts."""

    revenue = Decimal(required=True, description="with tax, as documents state it")
    orders = graphene.Int(required=True)
    unconverted = graphene.Int(required=True)
    margin = Decimal(description="of the revenue whose cost is known; null where none is")
    margin_rate = graphene.Field(Ratio, required=True, description="margin / revenue whose cost is known")
    cost_known = graphene.Field(Ratio, required=True, description="revenue whose cost is known / revenue")
    paid = Decimal(required=True, description="money received and not reversed by the moment, of all times")
    paid_unconverted = graphene.Int(required=True)


class PotentialIncome(graphene.ObjectType):
    """What a client could bring, as of the moment; these overlap and are never added up."""

    open_deals = graphene.Int(required=True)
    open_amount = Decimal(required=True)
    weighted_amount = Decimal(required=True, description="Σ amount × probability: the deal's own, else its stage's")
    unconverted = graphene.Int(required=True)
    without_amount = graphene.Int(required=True)
    without_probability = graphene.Int(
        required=True, description="deals with no probability, nor at a stage with one: no part of the weighted amount"
    )
    open_demand = graphene.Int(required=True, description="interests neither met nor given up")
    unmet_demand = graphene.Int(required=True, description="interests that were not met")
    demand_amount = Decimal(required=True, description="of both, as far as it is known in the base currency")
    demand_unconverted = graphene.Int(required=True)

    def resolve_open_demand(part: Json, _info: GraphQLResolveInfo) -> int:
        return part["demand_open"]

    def resolve_unmet_demand(part: Json, _info: GraphQLResolveInfo) -> int:
        return part["demand_unmet"]


class ClientProfile(graphene.ObjectType):
    """The portrait of a client, as of a moment and as known at one: the five questions. Without a period, of all times."""

    class Meta:
        interfaces = (OfMoment,)

    partner = graphene.Field(Partner)
    currency = graphene.String(required=True)
    reactions = graphene.Field(ProposalReactions, required=True)
    satisfaction = graphene.Field(ClientSatisfaction, required=True)
    preferences = graphene.List(
        graphene.NonNull(HeldPreference), required=True, description="by kind, what counts most first"
    )
    drift = graphene.Field(PreferenceDrift, required=True)
    punctuality = graphene.List(graphene.NonNull(Punctuality), required=True)
    realised = graphene.Field(RealisedIncome, required=True)
    potential = graphene.Field(PotentialIncome, required=True)

    def resolve_partner(profile: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.partners.load(profile["partner_id"])
