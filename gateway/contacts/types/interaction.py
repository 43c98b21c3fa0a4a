"""Interactions, and lists of them in what they concern."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.contacts.filters import InteractionFilter, interaction_filter
from gateway.contacts.kinds_of_interaction import InteractionDirection, InteractionKind, InteractionState
from gateway.contacts.types.contact_point import ContactPointKind
from gateway.execution.deferred import Deferred
from gateway.shapes.connections import connected, connection_of, page_arguments, page_request
from gateway.shapes.node import Node
from gateway.shapes.scalars import DateTime
from gateway.shapes.values import ExternalRef


class InteractionOutcome(graphene.ObjectType):
    """What came of it: a key of the enterprise's own choice, and a text."""

    key = graphene.String(required=True)
    text = graphene.String()


class InteractionGuest(graphene.ObjectType):
    """Someone who took part and is not known here: their phone or e-mail."""

    name = graphene.String()
    kind = ContactPointKind(required=True)
    value = graphene.String(required=True)
    original = graphene.String(required=True)


class Attachment(graphene.ObjectType):
    """A file that is kept elsewhere; `size` in bytes, `sha256` tells whether it is still the same."""

    id = graphene.ID(required=True)
    name = graphene.String(required=True)
    media_type = graphene.String(required=True)
    size = graphene.Float(required=True, description="a whole number, which may be larger than an Int")
    url = graphene.String(required=True)
    sha256 = graphene.String()


class Mention(graphene.ObjectType):
    """Where the text speaks of a person, start ≤ character < end; null where the person is not the caller's to see."""

    person = graphene.Field("gateway.contacts.types.ContactPerson")
    start = graphene.Int(required=True)
    end = graphene.Int(required=True)

    def resolve_person(mention: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.contact_persons.load(mention["person_id"])


class Interaction(graphene.ObjectType):
    """A call, meeting, e-mail, message or note; once done it stays as it is, and what was wrong is corrected by another."""

    class Meta:
        interfaces = (Node,)

    version = graphene.Int(required=True)
    kind = InteractionKind(required=True)
    direction = InteractionDirection(required=True)
    state = InteractionState(required=True)
    title = graphene.String()
    text = graphene.String()
    outcome = graphene.Field(InteractionOutcome)
    at = DateTime(required=True, description="when it took place, else when it is planned for")
    started_at = DateTime()
    duration_seconds = graphene.Int()
    planned_start = DateTime()
    planned_end = DateTime()
    all_day = graphene.Boolean(required=True)
    recurrence = graphene.String(description="RRULE of the series that it is part of")
    series = graphene.ID(description="the first interaction of the series")
    time_zone = graphene.String()
    automatic = graphene.Boolean(required=True, description="written by a machine, not by a human")
    reviewed = graphene.Boolean(required=True)
    reviewed_at = DateTime()
    postponed_until = DateTime()
    cancel_reason = graphene.String()
    recorded_at = DateTime(required=True)
    partners = graphene.List(graphene.NonNull("gateway.contacts.types.Partner"), required=True)
    deals = graphene.List(graphene.NonNull("gateway.deals.types.Deal"), required=True)
    claims = graphene.List(graphene.NonNull("gateway.claims.types.Claim"), required=True)
    persons = graphene.List(graphene.NonNull("gateway.contacts.types.ContactPerson"), required=True)
    managers = graphene.List(graphene.NonNull("gateway.contacts.types.Manager"), required=True)
    guests = graphene.List(graphene.NonNull(InteractionGuest), required=True)
    attachments = graphene.List(graphene.NonNull(Attachment), required=True)
    mentions = graphene.List(graphene.NonNull(Mention), required=True)
    external_ref = graphene.Field(ExternalRef)
    corrects = graphene.Field("gateway.contacts.types.Interaction", description="the one that this stands in place of")
    corrected_by = graphene.Field("gateway.contacts.types.Interaction", description="what stands in place of this one")

    def resolve_series(interaction: Json, info: GraphQLResolveInfo) -> str | None:
        series: str | None = interaction["series_id"]
        return series

    def resolve_partners(interaction: Json, info: GraphQLResolveInfo) -> Deferred:
        return info.context.loaders.partners.load_many(interaction["partner_ids"]).then(_each_once)

    def resolve_deals(interaction: Json, info: GraphQLResolveInfo) -> Deferred:
        return info.context.loaders.deals.load_many(interaction["deal_ids"]).then(_present)

    def resolve_claims(interaction: Json, info: GraphQLResolveInfo) -> Deferred:
        return info.context.loaders.claims.load_many(interaction["claim_ids"]).then(_present)

    def resolve_persons(interaction: Json, info: GraphQLResolveInfo) -> Deferred:
        return info.context.loaders.contact_persons.load_many(interaction["person_ids"]).then(_present)

    def resolve_managers(interaction: Json, info: GraphQLResolveInfo) -> Deferred:
        return info.context.loaders.managers.load_many(interaction["manager_ids"]).then(_present)

    def resolve_corrects(interaction: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.interactions.load(interaction["corrects_id"])

    def resolve_corrected_by(interaction: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.interactions.load(interaction["corrected_by_id"])


def _present(things: list[Json]) -> list[Json]:
    """Leave out what the caller may not see."""
    return [thing for thing in things if thing is not None]


def _each_once(partners: list[Json]) -> list[Json]:
    """Give each of those the caller may see once: two that were merged are one."""
    return list({partner["id"]: partner for partner in _present(partners)}.values())


InteractionConnection: Any = connection_of("Interaction", "gateway.contacts.types.Interaction")


def interactions_field() -> Any:
    """Make the field of the interactions with or about a thing, the newest first."""
    return graphene.Field(
        "gateway.contacts.types.InteractionConnection",
        required=True,
        filter=graphene.Argument(InteractionFilter),
        resolver=_interactions_of,
        **page_arguments(),
    )


def _interactions_of(
    thing: Json,
    info: GraphQLResolveInfo,
    filter: Json | None = None,
    first: int | None = None,
    after: str | None = None,
) -> Deferred:
    arguments = {"filter": interaction_filter(filter), "page": page_request(info, first, after)}
    return connected(info.context.loaders.interactions_of(arguments).load(thing["id"]), after)
