"""A change of a deal, as a subscription tells it."""

from __future__ import annotations

import graphene

from gateway.shapes.scalars import DateTime


class DealChange(graphene.ObjectType):
    """What happened to a deal, and the deal as it stands now, which may be after further changes."""

    id = graphene.ID(
        required=True, description="of the event: the same change is told once, or again under the same id"
    )
    kind = graphene.String(required=True, description="opened, changed, stage_changed, won, lost, reopened …")
    deal = graphene.Field("gateway.deals.types.Deal", required=True)
    sequence = graphene.Int(required=True, description="the deal's version after the change")
    occurred_at = DateTime(required=True)
    old_stage = graphene.String()
    new_stage = graphene.String()
    changed = graphene.List(graphene.NonNull(graphene.String), required=True, description="names of changed fields")
