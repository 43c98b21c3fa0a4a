"""Which deals, in lists and relations."""

from __future__ import annotations

import graphene

from chassis.wire import Json
from gateway.kinds import Kind
from gateway.references import references
from gateway.shapes.filters import wire_filter
from gateway.shapes.scalars import Date


class DealOutcome(graphene.Enum):
    """How a deal has ended, or that it has not."""

    IN_PROGRESS = "IN_PROGRESS"
    WON = "WON"
    LOST = "LOST"


class DealFilter(graphene.InputObjectType):
    """Which deals; what is not given does not matter, an empty list lets nothing through."""

    deals = references(Kind.DEAL)
    partners = references(Kind.PARTNER)
    managers = references(Kind.MANAGER)
    processes = references(Kind.PROCESS)
    outcomes = graphene.List(graphene.NonNull(DealOutcome))
    stages = graphene.List(graphene.NonNull(graphene.String), description="keys of stages")
    on_hold = graphene.Boolean(description="true: only deals on hold; false: only those that are not")
    include_voided = graphene.Boolean(description="those too that were registered by mistake")
    partnerless = graphene.Boolean(description="true: only deals without a partner; false: only those with one")


class SaleTermsFilter(graphene.InputObjectType):
    """Which sale terms; what is not given does not matter, an empty list lets nothing through."""

    partners = references(Kind.PARTNER)
    deals = references(Kind.DEAL)
    segments = references(Kind.SEGMENT)
    effective_on = Date(description="only those in force on this business day")


def deal_filter(given: Json | None) -> Json:
    """Give a filter of deals as the service takes it."""
    return wire_filter(given, DealFilter)
