"""mergeDeals and unmergeDeal."""

from __future__ import annotations

import graphene

from gateway.commands import mutation, whole
from gateway.deals.types import Deal
from gateway.kinds import Kind
from gateway.references import reference, references
from gateway.shapes.problems import Payload


class MergeDealsInput(graphene.InputObjectType):
    """Deals that are one sale: the survivor, and up to 50 duplicates of it."""

    survivor = reference(Kind.DEAL, required=True)
    duplicates = references(Kind.DEAL, required=True)
    expected_version = graphene.Int(description="of the survivor")
    idempotency_key = graphene.String()


class MergeDealsPayload(Payload):
    """The deal that survives, or what to put right."""

    deal = graphene.Field(Deal)


class UnmergeDealInput(graphene.InputObjectType):
    """A merged deal that is a sale of its own."""

    deal = reference(Kind.DEAL, required=True)
    expected_version = graphene.Int()
    idempotency_key = graphene.String()


class UnmergeDealPayload(Payload):
    """The deal as it stands by itself again, or what to put right."""

    deal = graphene.Field(Deal)


merge_deals = mutation(
    "deals",
    "merge_deals",
    takes=MergeDealsInput,
    gives=MergeDealsPayload,
    read=whole("deal"),
    description="Merge duplicates of a deal into it: reading one of them then gives the survivor, commands to it answer DEAL_MERGED.",
)

unmerge_deal = mutation(
    "deals",
    "unmerge_deal",
    takes=UnmergeDealInput,
    gives=UnmergeDealPayload,
    read=whole("deal"),
    description="Undo the merge of a deal, by its own id.",
)
