"""Loss reasons."""

from __future__ import annotations

import graphene

from gateway.shapes.scalars import DateTime


class LossReason(graphene.ObjectType):
    """A reason that deals are lost for; one that is retired takes no new losses."""

    key = graphene.String(required=True)
    name = graphene.String(required=True)
    russian_name = graphene.String(required=True)
    retired_at = DateTime()
