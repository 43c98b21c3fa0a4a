"""Questions about primary interests."""

from __future__ import annotations

import graphene

from gateway.contacts.types import (
    InterestConnection,
    InterestStatus,
)
from gateway.kinds import Kind
from gateway.lists import list_of
from gateway.references import references


class InterestFilter(graphene.InputObjectType):
    """Which interests; what is not given does not matter, an empty list lets nothing through."""

    statuses = graphene.List(graphene.NonNull(InterestStatus))
    partners = references(Kind.PARTNER)
    sources = graphene.List(graphene.NonNull(graphene.String))


class InterestQueries(graphene.ObjectType):
    """Questions to primary interests."""

    interests = list_of(
        "contacts", "list_interests", gives=InterestConnection, by=InterestFilter, description="the newest first"
    )
