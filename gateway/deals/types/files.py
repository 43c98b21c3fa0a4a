"""References to files."""

from __future__ import annotations

import graphene

from gateway.shapes.node import Node
from gateway.shapes.scalars import DateTime, Decimal


class DealFile(graphene.ObjectType):
    """Where a file of a deal lies; its contents are not here."""

    class Meta:
        interfaces = (Node,)

    name = graphene.String(required=True)
    media_type = graphene.String(required=True)
    size = Decimal(required=True, description="in bytes")
    location = graphene.String(required=True, description="a URL, or the key of a store")
    sha256 = graphene.String()
    attached_at = DateTime(required=True)
    by = graphene.String(required=True)
