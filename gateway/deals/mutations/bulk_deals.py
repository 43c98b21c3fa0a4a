"""bulkMoveDeals, bulkAssignDeals and bulkCloseDeals."""

from __future__ import annotations

import graphene

from gateway.bulk import bulk_mutation
from gateway.deals.filters import DealOutcome
from gateway.kinds import Kind
from gateway.references import reference


class BulkMoveRow(graphene.InputObjectType):
    """A deal, and the stage for it to enter."""

    deal = reference(Kind.DEAL, required=True)
    stage = graphene.String(required=True)
    expected_version = graphene.Int()


class BulkMoveDealsInput(graphene.InputObjectType):
    """Up to 500 moves."""

    rows = graphene.List(graphene.NonNull(BulkMoveRow), required=True)
    idempotency_key = graphene.String()


class BulkAssignRow(graphene.InputObjectType):
    """A deal, and whose it becomes."""

    deal = reference(Kind.DEAL, required=True)
    manager = reference(Kind.MANAGER, required=True)
    expected_version = graphene.Int()


class BulkAssignDealsInput(graphene.InputObjectType):
    """Up to 500 deals with their new owners."""

    rows = graphene.List(graphene.NonNull(BulkAssignRow), required=True)
    idempotency_key = graphene.String()


class BulkCloseRow(graphene.InputObjectType):
    """A deal that is WON, or LOST for a reason and, where known, to a competitor."""

    deal = reference(Kind.DEAL, required=True)
    outcome = DealOutcome(required=True)
    reason = graphene.String()
    competitor = reference(Kind.PARTNER)
    expected_version = graphene.Int()


class BulkCloseDealsInput(graphene.InputObjectType):
    """Up to 500 deals that have ended."""

    rows = graphene.List(graphene.NonNull(BulkCloseRow), required=True)
    idempotency_key = graphene.String()


bulk_move_deals = bulk_mutation(
    "deals",
    "bulk_move_deals",
    takes=BulkMoveDealsInput,
    row=BulkMoveRow,
    key="deal",
    description="Move many deals: each by its process' rules, and one that is refused hinders no other.",
)

bulk_assign_deals = bulk_mutation(
    "deals",
    "bulk_assign_deals",
    takes=BulkAssignDealsInput,
    row=BulkAssignRow,
    key="deal",
    description="Give many deals to managers; one that is refused hinders no other.",
)

bulk_close_deals = bulk_mutation(
    "deals",
    "bulk_close_deals",
    takes=BulkCloseDealsInput,
    row=BulkCloseRow,
    key="deal",
    description="Close many deals as won or lost; one that is refused hinders no other.",
)
