"""Figures of claims, and of how satisfied clients are."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.execution.deferred import Deferred
from gateway.reporting.types.moment import OfMoment
from gateway.shapes.values import Ratio


class BusinessTimes(graphene.ObjectType):
    """How long something took in business time, of how many; null of none."""

    count = graphene.Int(required=True)
    median_seconds = graphene.Float(description="of an even number, the mean of the middle two")
    p90_seconds = graphene.Float(description="nine of ten took no longer; between two neighbours in proportion")
    median_hours = graphene.Float()
    p90_hours = graphene.Float()

    def resolve_median_hours(times: Json, _info: GraphQLResolveInfo) -> float | None:
        return None if times["median_seconds"] is None else times["median_seconds"] / 3600

    def resolve_p90_hours(times: Json, _info: GraphQLResolveInfo) -> float | None:
        return None if times["p90_seconds"] is None else times["p90_seconds"] / 3600


class ClaimFigures(graphene.ObjectType):
    """The claims under one key. Times and compliance are of the claims registered in the period."""

    key = graphene.String()
    partner = graphene.Field("gateway.contacts.types.Partner", description="of a row by partner")
    manager = graphene.Field("gateway.contacts.types.Manager", description="of a row by manager")
    registered = graphene.Int(required=True)
    resolved = graphene.Int(required=True, description="in the period, and not reopened since")
    reopened = graphene.Int(required=True)
    open = graphene.Int(
        required=True, description="as of the moment, whenever they were registered; by MONTH in a row without key"
    )
    late = graphene.Int(required=True, description="open, and past their deadlines")
    first_response = graphene.Field(BusinessTimes, required=True)
    resolution = graphene.Field(BusinessTimes, required=True)
    first_response_compliance = graphene.Field(
        Ratio, required=True, description="answered in time, of those that were or should have been"
    )
    resolution_compliance = graphene.Field(
        Ratio, required=True, description="resolved in time, of those that were or should have been"
    )

    def resolve_partner(row: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.partners.load(row["key"]) if row["by"] == "PARTNER" else None

    def resolve_manager(row: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.managers.load(row["key"]) if row["by"] == "MANAGER" else None


class ClaimReport(graphene.ObjectType):
    """Claims by what they are grouped by."""

    class Meta:
        interfaces = (OfMoment,)

    rows = graphene.List(graphene.NonNull(ClaimFigures), required=True)


class SatisfactionFigures(graphene.ObjectType):
    """What clients answered under one key: of each respondent about a thing, on each scale, the latest answer."""

    key = graphene.String()
    partner = graphene.Field("gateway.contacts.types.Partner", description="of a row by partner")
    manager = graphene.Field("gateway.contacts.types.Manager", description="of a row by manager")
    csat = graphene.Field(Ratio, required=True, description="answers 4 and 5, of all answers of CSAT")
    nps = graphene.Field(Ratio, required=True, description="promoters less detractors, of all answers of NPS: -1 to 1")
    promoters = graphene.Int(required=True, description="9 and 10 of NPS")
    detractors = graphene.Int(required=True, description="0 to 6 of NPS")
    response_rate = graphene.Field(Ratio, required=True, description="of those who were asked in the period")

    def resolve_partner(row: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.partners.load(row["key"]) if row["by"] == "PARTNER" else None

    def resolve_manager(row: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.managers.load(row["key"]) if row["by"] == "MANAGER" else None


class SatisfactionReport(graphene.ObjectType):
    """How satisfied clients are, by what is grouped by; by month it is the trend."""

    class Meta:
        interfaces = (OfMoment,)

    rows = graphene.List(graphene.NonNull(SatisfactionFigures), required=True)
