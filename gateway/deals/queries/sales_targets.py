"""Questions about sales targets."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.deals.types import SalesTargetConnection, TargetMeasure, TargetPeriod
from gateway.execution.deferred import Deferred
from gateway.kinds import Kind
from gateway.references import references
from gateway.services import ask
from gateway.shapes.connections import connected, page_arguments, page_request
from gateway.shapes.filters import wire_filter
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

    sales_targets = graphene.Field(
        SalesTargetConnection,
        required=True,
        filter=graphene.Argument(SalesTargetFilter),
        description="what managers and teams are to achieve, those that begin last first",
        **page_arguments(),
    )

    def resolve_sales_targets(
        _root: object,
        info: GraphQLResolveInfo,
        filter: Json | None = None,
        first: int | None = None,
        after: str | None = None,
    ) -> Deferred:
        payload = {"filter": wire_filter(filter, SalesTargetFilter), "page": page_request(info, first, after)}
        return connected(ask(info.context.services, "deals", "list_sales_targets", payload), after)
