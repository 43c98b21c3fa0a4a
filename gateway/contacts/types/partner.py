"""Partners."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.claims.satisfaction import satisfaction_field, satisfaction_requests_field
from gateway.contacts.types.contact_point import ContactPoint
from gateway.contacts.types.duplicates import DuplicateCandidate, MergedPartner
from gateway.contacts.types.history import WithHistory
from gateway.contacts.types.interaction import interactions_field
from gateway.contacts.types.interest import Interest
from gateway.contacts.types.legal_entity import LegalEntity
from gateway.contacts.types.partner_role import PartnerRole
from gateway.contacts.types.person import ContactPerson
from gateway.contacts.types.preference import Preference
from gateway.contacts.types.segment import Segment
from gateway.contacts.types.staff import Manager
from gateway.contacts.types.timeline import timeline_field
from gateway.deals.filters import DealFilter, deal_filter
from gateway.execution.deferred import Deferred
from gateway.reporting.profiles import profile_of
from gateway.shapes.connections import asks_for, connected, connection_of, page_arguments, page_request
from gateway.shapes.node import Node
from gateway.shapes.scalars import Date, DateTime
from gateway.shapes.values import ExternalRef


class Partner(WithHistory, graphene.ObjectType):
    """Whom the enterprise deals with."""

    class Meta:
        interfaces = (Node,)

    version = graphene.Int(required=True)
    name = graphene.String(required=True)
    roles = graphene.List(graphene.NonNull(PartnerRole), required=True)
    classified = graphene.Boolean(required=True, description="whether effective sale terms are registered for them")
    source = graphene.String()
    interest = graphene.String()
    registered_at = DateTime(required=True)
    external_ref = graphene.Field(ExternalRef)
    manager = graphene.Field(Manager)
    parent = graphene.Field("gateway.contacts.types.Partner", description="the head office of which this is a branch")
    interests = graphene.List(
        graphene.NonNull(Interest), required=True, description="what they asked for, the oldest first"
    )
    branches = graphene.Field("gateway.contacts.types.PartnerConnection", required=True, **page_arguments())
    legal_entities = graphene.List(graphene.NonNull(LegalEntity), required=True)
    contact_persons = graphene.List(graphene.NonNull(ContactPerson), required=True)
    contact_points = graphene.List(graphene.NonNull(ContactPoint), required=True)
    sale_terms = graphene.Field(
        "gateway.deals.types.SaleTerms",
        description="those in force for the partner, apart from those of single deals",
        on=graphene.Argument(Date, description="a business day; today, if not said"),
    )
    deals = graphene.Field(
        "gateway.deals.types.DealConnection", required=True, filter=graphene.Argument(DealFilter), **page_arguments()
    )
    claims = graphene.Field("gateway.claims.types.ClaimConnection", required=True, **page_arguments())
    satisfaction = satisfaction_field("PARTNER")
    satisfaction_requests = satisfaction_requests_field("PARTNER")
    segments = graphene.List(graphene.NonNull(Segment), required=True, description="by name")
    preferences = graphene.List(
        graphene.NonNull(Preference),
        required=True,
        description="what holds on a day, by kind, what counts most first",
        as_of=graphene.Argument(Date, description="a business day; today, if not said"),
    )
    duplicates = graphene.List(
        graphene.NonNull(DuplicateCandidate),
        required=True,
        description="partners in reach that may be the same, the likeliest first",
    )
    merged = graphene.List(
        graphene.NonNull(MergedPartner), required=True, description="partners that turned out to be this one"
    )
    profile = graphene.Field(
        "gateway.reporting.types.ClientProfile",
        description="what is known of them as a client; null where reporting does not know them yet",
        as_of=DateTime(description="the world's time: now, if not given"),
    )
    interactions = interactions_field()
    timeline = timeline_field()

    def resolve_legal_entities(partner: Json, info: GraphQLResolveInfo) -> Json:
        return _part(partner, "legal_entities", info)

    def resolve_contact_persons(partner: Json, info: GraphQLResolveInfo) -> Json:
        return _part(partner, "contact_persons", info)

    def resolve_contact_points(partner: Json, info: GraphQLResolveInfo) -> Json:
        return _part(partner, "contact_points", info)

    def resolve_duplicates(partner: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.duplicates_of_partners.load(partner["id"])

    def resolve_classified(partner: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.classified.load(partner["id"])

    def resolve_manager(partner: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.managers.load(partner["manager_id"])

    def resolve_interests(partner: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.interests_of_partners.load(partner["id"])

    def resolve_parent(partner: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.partners.load(partner["parent_id"])

    def resolve_branches(
        partner: Json, info: GraphQLResolveInfo, first: int | None = None, after: str | None = None
    ) -> Deferred:
        arguments = {"page": page_request(info, first, after)}
        return connected(info.context.loaders.branches_of_partners(arguments).load(partner["id"]), after)

    def resolve_sale_terms(partner: Json, info: GraphQLResolveInfo, on: str | None = None) -> Deferred | None:
        return info.context.loaders.terms_of_partners(on).load(partner["id"])

    def resolve_segments(partner: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.segments_of_partners.load(partner["id"])

    def resolve_preferences(partner: Json, info: GraphQLResolveInfo, as_of: str | None = None) -> Deferred | None:
        return info.context.loaders.preferences_of_partners(as_of).load(partner["id"])

    def resolve_profile(partner: Json, info: GraphQLResolveInfo, as_of: str | None = None) -> Deferred:
        return profile_of(info, partner["id"], {"as_of": as_of} if as_of is not None else {})

    def resolve_deals(
        partner: Json,
        info: GraphQLResolveInfo,
        filter: Json | None = None,
        first: int | None = None,
        after: str | None = None,
    ) -> Deferred:
        arguments = {"filter": deal_filter(filter), "page": page_request(info, first, after)}
        arguments["totals"] = asks_for(info, "totals")
        return connected(info.context.loaders.deals_of_partners(arguments).load(partner["id"]), after)

    def resolve_claims(
        partner: Json, info: GraphQLResolveInfo, first: int | None = None, after: str | None = None
    ) -> Deferred:
        arguments = {"page": page_request(info, first, after)}
        return connected(info.context.loaders.claims_of_partners(arguments).load(partner["id"]), after)


def _part(partner: Json, part: str, info: GraphQLResolveInfo) -> Json:
    """Give a list of what belongs to a partner, asking for it where the partner came without."""
    if part in partner:
        return partner[part]
    return info.context.loaders.whole_partners.load(partner["id"]).then(lambda whole: whole[part] if whole else [])


PartnerConnection: Any = connection_of("Partner", "gateway.contacts.types.Partner")
