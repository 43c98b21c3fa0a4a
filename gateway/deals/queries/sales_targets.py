"""Questions about sales targets."""

from __future__ import annotations

import graphene

from gateway.deals.types import SalesTargetConnection, TargetMeasure, TargetPeriod
from gateway.kinds import Kind
from gateway.lists import list_of
from gateway.references import references
from gateway.shapes.scalars import Date


class SalesTargetFilter(graphene.InputObjectType):
    """Which targets; what is not given does not matter, an empty list lets nothing through."""

    managers = references(Kind.MANAGER)
    teams = references(Kind.TEAM)
    measures = graphene.List(graphene.NonNull(TargetMeasure))
    periods = graphene.List(graphene.NonNull(TargetPeriod))
    begins_from = Date()
    begins_before = Date()
    include_withdrawn = graphene.Boolean()


class SalesTargetQueries(graphene.ObjectType):
    """Questions to sales targets."""

    sales_targets = list_of(
        "deals",
        "list_sales_targets",
        gives=SalesTargetConnection,
        by=SalesTargetFilter,
        description="what managers and teams are to achieve, those that begin last first",
    )
