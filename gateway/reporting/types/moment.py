"""Of when figures speak."""

from __future__ import annotations

import graphene

from gateway.shapes.scalars import DateTime


class OfMoment(graphene.Interface):
    """What is told of a moment."""

    as_of = DateTime(required=True, description="what happened until then is counted")
    known_at = DateTime(description="as far as it had been recorded by then; null is all that is known")
    freshness = DateTime(required=True, description="up to when everything that happened is counted")
