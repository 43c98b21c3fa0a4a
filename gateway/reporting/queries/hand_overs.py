"""Questions for deals that changed hands."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from chassis.errors import Refused
from gateway.execution.deferred import Deferred
from gateway.kinds import Kind, names_a
from gateway.references import not_found
from gateway.reporting.queries.arguments import report_arguments, report_of
from gateway.reporting.types import DealHandOverConnection, DealParts
from gateway.services import ask
from gateway.shapes.connections import connected, page_arguments, page_request


class HandOverQueries(graphene.ObjectType):
    """Questions for deals that changed hands."""

    deal_hand_overs = graphene.Field(
        DealHandOverConnection,
        required=True,
        description="deals that became those of other managers in the period, the latest first",
        **report_arguments(),
        **page_arguments(),
    )
    deal_parts = graphene.Field(
        DealParts,
        required=True,
        description="what each owner of a deal did in it",
        deal=graphene.ID(required=True),
        **{name: one for name, one in report_arguments().items() if name in ("as_of", "known_at")},
    )

    def resolve_deal_hand_overs(
        _root: object, info: GraphQLResolveInfo, first: int | None = None, after: str | None = None, **asked: Any
    ) -> Deferred:
        payload = {**report_of(**asked), "page": page_request(info, first, after)}
        return connected(ask(info.context.services, "reporting", "hand_overs", payload), after)

    def resolve_deal_parts(_root: object, info: GraphQLResolveInfo, deal: str, **asked: Any) -> Deferred:
        if not names_a(Kind.DEAL, deal):
            raise Refused(not_found(("deal",), Kind.DEAL, deal))
        return ask(info.context.services, "reporting", "deal_parts", {**report_of(**asked), "deal_id": deal})
