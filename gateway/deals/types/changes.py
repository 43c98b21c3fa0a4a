"""The audit of deals."""

from __future__ import annotations

from typing import Any

import graphene

from gateway.shapes.connections import connection_of
from gateway.shapes.scalars import DateTime


class Change(graphene.ObjectType):
    """One field that someone changed; without a field the thing was made, with all that `new` holds."""

    subject_id = graphene.ID(required=True, description="the id of what was changed")
    kind = graphene.String(required=True, description="what was changed: deal, proposal, …")
    version = graphene.Int(required=True, description="of what was changed, after the change")
    field = graphene.String()
    old = graphene.String(description="JSON")
    new = graphene.String(description="JSON")
    at = DateTime(required=True)
    by = graphene.String(required=True)
    correlation_id = graphene.String(description="what was changed by one request has one")


ChangeConnection: Any = connection_of("Change", "gateway.deals.types.changes.Change")
