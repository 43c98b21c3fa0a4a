"""Questions about what follows from orders."""

from __future__ import annotations

import graphene

from gateway.deals.types import ObligationConnection
from gateway.deals.types.obligations import Debtor, ObligationKind, ObligationStatus
from gateway.kinds import Kind
from gateway.lists import list_of
from gateway.references import references
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

    obligations = list_of(
        "deals",
        "list_obligations",
        gives=ObligationConnection,
        by=ObligationFilter,
        description="what is owed, the first due first",
    )
