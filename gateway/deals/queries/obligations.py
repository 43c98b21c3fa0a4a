"""Questions about what follows from orders."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.deals.types import ObligationConnection
from gateway.deals.types.obligations import Debtor, ObligationKind, ObligationStatus
from gateway.execution.deferred import Deferred
from gateway.kinds import Kind
from gateway.references import references
from gateway.services import ask
from gateway.shapes.connections import connected, page_arguments, page_request
from gateway.shapes.filters import wire_filter
from gateway.shapes.scalars import Date


class ObligationFilter(graphene.InputObjectType):
    """Which obligations; what is not given does not matter, an empty list lets nothing through, and both days are included."""

    debtors = graphene.List(graphene.NonNull(Debtor))
    kinds = graphene.List(graphene.NonNull(ObligationKind))
    statuses = graphene.List(graphene.NonNull(ObligationStatus))
    partners = references(Kind.PARTNER)
    managers = references(Kind.MANAGER)
    deals = references(Kind.DEAL)
    overdue = graphene.Boolean()
    due_from = Date()
    due_to = Date()


class ObligationQueries(graphene.ObjectType):
    """Questions to obligations."""

    obligations = graphene.Field(
        ObligationConnection,
        required=True,
        filter=graphene.Argument(ObligationFilter),
        description="what is owed, the first due first",
        **page_arguments(),
    )

    def resolve_obligations(
        _root: object,
        info: GraphQLResolveInfo,
        filter: Json | None = None,
        first: int | None = None,
        after: str | None = None,
    ) -> Deferred:
        payload = {"filter": wire_filter(filter, ObligationFilter), "page": page_request(info, first, after)}
        return connected(ask(info.context.services, "deals", "list_obligations", payload), after)
