"""Questions about partners that may be one and the same."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.errors import Refused
from gateway.contacts.types import DuplicatePairConnection, DuplicatePairStatus, MergePreview
from gateway.execution.deferred import Deferred
from gateway.kinds import Kind
from gateway.references import wrong_kinds
from gateway.services import ask
from gateway.shapes.connections import connected, page_arguments, page_request


class DuplicateQueries(graphene.ObjectType):
    """Questions to contacts about duplicates."""

    duplicate_pairs = graphene.Field(
        DuplicatePairConnection,
        required=True,
        status=graphene.Argument(DuplicatePairStatus, description="OPEN, if not said otherwise"),
        description="the likeliest first",
        **page_arguments(),
    )
    merge_preview = graphene.Field(
        MergePreview,
        required=True,
        survivor=graphene.ID(required=True),
        merged=graphene.ID(required=True),
        description="what would come of merging a partner into another one; changes nothing",
    )

    def resolve_duplicate_pairs(
        _root: object,
        info: GraphQLResolveInfo,
        status: str | None = None,
        first: int | None = None,
        after: str | None = None,
    ) -> Deferred:
        payload = {"page": page_request(info, first, after), **({"status": status} if status else {})}
        return connected(ask(info.context.services, "contacts", "list_duplicate_pairs", payload), after)

    def resolve_merge_preview(_root: object, info: GraphQLResolveInfo, survivor: str, merged: str) -> Deferred:
        problems = wrong_kinds(
            {"survivor": survivor, "merged": merged}, {"survivor": Kind.PARTNER, "merged": Kind.PARTNER}
        )
        if problems:
            raise Refused(*problems)
        payload = {"survivor_id": survivor, "merged_id": merged}
        return ask(info.context.services, "contacts", "merge_preview", payload)
