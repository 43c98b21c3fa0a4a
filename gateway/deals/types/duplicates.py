"""Deals that may be the same."""

from __future__ import annotations

import graphene


class DuplicateReason(graphene.Enum):
    """What two deals have in common, besides the partner."""

    SIMILAR_TITLE = "SIMILAR_TITLE"
    SAME_AMOUNT = "SAME_AMOUNT"
    SIMILAR_AMOUNT = "SIMILAR_AMOUNT"


class DuplicateDeal(graphene.ObjectType):
    """A deal that may be the same sale, and how likely that is: from 0 to 1."""

    deal = graphene.Field("gateway.deals.types.Deal", required=True)
    score = graphene.Float(required=True)
    reasons = graphene.List(graphene.NonNull(DuplicateReason), required=True)
