"""Calendar feeds."""

from __future__ import annotations

import graphene

from gateway.shapes.scalars import DateTime


class CalendarFeed(graphene.ObjectType):
    """An address under which calendars read what a manager has planned; its secret was told when it was opened."""

    id = graphene.ID(required=True)
    created_at = DateTime(required=True)
    revoked_at = DateTime()
