"""Partners that may be one and the same."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.execution.deferred import Deferred


class DuplicateCandidate(graphene.ObjectType):
    """A partner that may be the same: how likely that is, from 0 to 1, and what they share."""

    partner = graphene.Field("gateway.contacts.types.Partner", required=True)
    score = graphene.Float(required=True)
    reasons = graphene.List(graphene.NonNull(graphene.String), required=True, description="TAX_ID, PHONE, EMAIL, NAME")

    def resolve_partner(candidate: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.partners.load(candidate["partner_id"])
