"""Partners that may be one and the same, and what would come of merging them."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.execution.deferred import Deferred
from gateway.shapes.connections import connection_of
from gateway.shapes.node import Node
from gateway.shapes.scalars import DateTime

_REASONS = "TAX_ID, PHONE, EMAIL, NAME, SIMILAR_NAME"


class DuplicateCandidate(graphene.ObjectType):
    """A partner that may be the same: how likely that is, from 0 to 1, and what they share."""

    partner = graphene.Field("gateway.contacts.types.Partner", required=True)
    score = graphene.Float(required=True)
    reasons = graphene.List(graphene.NonNull(graphene.String), required=True, description=_REASONS)

    def resolve_partner(candidate: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.partners.load(candidate["partner_id"])


class DuplicatePairStatus(graphene.Enum):
    """What is to be done about a pair: to be looked at, or seen to be two."""

    OPEN = "OPEN"
    DISMISSED = "DISMISSED"


class DuplicatePair(graphene.ObjectType):
    """Two partners that may be one: how likely that is, from 0 to 1, and what they share."""

    class Meta:
        interfaces = (Node,)

    first = graphene.Field("gateway.contacts.types.Partner", required=True)
    second = graphene.Field("gateway.contacts.types.Partner", required=True)
    score = graphene.Float(required=True)
    reasons = graphene.List(graphene.NonNull(graphene.String), required=True, description=_REASONS)
    status = DuplicatePairStatus(required=True)
    found_at = DateTime(required=True)
    dismissed_at = DateTime()
    dismissed_by = graphene.String(description="who dismissed it, as their token names them")

    def resolve_first(pair: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.partners.load(pair["first_id"])

    def resolve_second(pair: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.partners.load(pair["second_id"])


DuplicatePairConnection: Any = connection_of("DuplicatePair", "gateway.contacts.types.DuplicatePair")


class MergedPartner(graphene.ObjectType):
    """A partner that turned out to be this one, and can be taken out again by unmergePartner."""

    id = graphene.ID(required=True)
    name = graphene.String(required=True)


class TakenOver(graphene.ObjectType):
    """A fact that the survivor has not, and would show of the merged partner."""

    field = graphene.String(required=True)
    value = graphene.String(required=True)


class MergeConflict(graphene.ObjectType):
    """A fact that both tell differently: the survivor's stands while they are merged; ids of managers and partners are ids."""

    field = graphene.String(required=True)
    survivor = graphene.String()
    merged = graphene.String()


class MergeCounts(graphene.ObjectType):
    """How much would be seen with the survivor besides what is."""

    contact_points = graphene.Int(required=True)
    contact_persons = graphene.Int(required=True)
    legal_entities = graphene.Int(required=True)
    interactions = graphene.Int(required=True)
    interests = graphene.Int(required=True)
    reminders = graphene.Int(required=True)
    branches = graphene.Int(required=True)
    deals = graphene.Int(required=True)
    claims = graphene.Int(required=True)


class MergePreview(graphene.ObjectType):
    """What would come of merging a partner into another one."""

    survivor = graphene.Field("gateway.contacts.types.Partner", required=True)
    merged = graphene.Field("gateway.contacts.types.Partner", required=True)
    taken_over = graphene.List(graphene.NonNull(TakenOver), required=True)
    conflicts = graphene.List(graphene.NonNull(MergeConflict), required=True)
    counts = graphene.Field(MergeCounts, required=True)

    def resolve_survivor(preview: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.partners.load(preview["survivor_id"])

    def resolve_merged(preview: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.partners.load(preview["merged_id"])
