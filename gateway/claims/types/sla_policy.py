"""Service levels."""

from __future__ import annotations

import graphene

from gateway.claims.types.claim import ClaimSeverity
from gateway.shapes.node import Node
from gateway.shapes.scalars import DateTime


class SlaTarget(graphene.ObjectType):
    """Minutes of business time that are allowed at a severity."""

    severity = ClaimSeverity(required=True)
    first_response_minutes = graphene.Int(required=True)
    resolution_minutes = graphene.Int(required=True)


class SlaPolicy(graphene.ObjectType):
    """A version of the service levels: claims keep the one they were registered under."""

    class Meta:
        interfaces = (Node,)

    version = graphene.Int(required=True)
    valid_from = DateTime(required=True)
    warn_at_percent = graphene.Int(
        description="the share of a target after which somebody above is warned; null: nobody is"
    )
    targets = graphene.List(graphene.NonNull(SlaTarget), required=True)
