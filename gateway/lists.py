"""What every list does that is narrowed by a filter alone: one page is asked of one service."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.execution.deferred import Deferred
from gateway.services import ask
from gateway.shapes.connections import connected, page_arguments, page_request
from gateway.shapes.filters import wire_filter


def list_of(
    service: str,
    query: str,
    *,
    gives: type[graphene.ObjectType],
    by: type[graphene.InputObjectType],
    description: str | None = None,
) -> graphene.Field:
    """Make the field of a list that a service's query gives page by page, narrowed by a filter."""

    def resolve(
        _root: object,
        info: GraphQLResolveInfo,
        filter: Json | None = None,
        first: int | None = None,
        after: str | None = None,
    ) -> Deferred:
        payload = {"filter": wire_filter(filter, by), "page": page_request(info, first, after)}
        return connected(ask(info.context.services, service, query, payload), after)

    return graphene.Field(
        gives,
        required=True,
        filter=graphene.Argument(by),
        description=description,
        resolver=resolve,
        **page_arguments(),
    )
