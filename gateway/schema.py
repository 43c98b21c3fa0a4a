"""The schema: what the domains add up to."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from typing import Any

import graphene
from graphene.utils.str_converters import to_camel_case
from graphql import (
    GraphQLEnumType,
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    print_schema,
)

from gateway.claims.mutations import ClaimMutations
from gateway.claims.queries import ClaimQueries
from gateway.contacts.mutations import ContactMutations
from gateway.contacts.queries import ContactQueries
from gateway.contacts.subscriptions import ContactSubscriptions
from gateway.deals.mutations import DealMutations
from gateway.deals.mutations.orders import OrderMutations
from gateway.deals.queries import DealQueries
from gateway.deals.subscriptions import DealSubscriptions
from gateway.execution.deferred import Deferred
from gateway.kinds import THINGS, Kind, kind_named_by
from gateway.live.fields import Live
from gateway.reporting.mutations import ReportMutations
from gateway.reporting.queries import ReportQueries
from gateway.reporting.subscriptions import ReportSubscriptions
from gateway.shapes.node import Node, type_of
from gateway.viewer import Viewer, viewer_of


class Query(ContactQueries, DealQueries, ClaimQueries, ReportQueries, graphene.ObjectType):
    """What can be asked."""

    viewer = graphene.Field(Viewer, required=True)
    node = graphene.Field(Node, id=graphene.ID(required=True))

    def resolve_viewer(_root: object, info: GraphQLResolveInfo) -> dict[str, object]:
        return viewer_of(info.context.actor)

    def resolve_node(_root: object, info: GraphQLResolveInfo, id: str) -> Deferred | None:
        kind = kind_named_by(id)
        if not isinstance(kind, Kind):
            return None
        return getattr(info.context.loaders, THINGS[kind].loader).load(id)


class Mutation(ContactMutations, DealMutations, OrderMutations, ClaimMutations, ReportMutations, graphene.ObjectType):
    """What can be done; every mutation takes one input and answers with what to put right in `errors`."""


class Subscription(ContactSubscriptions, DealSubscriptions, ReportSubscriptions, graphene.ObjectType):
    """What can be listened to, over Server-Sent Events: Accept: text/event-stream."""


def _build() -> GraphQLSchema:
    built: GraphQLSchema = graphene.Schema(query=Query, mutation=Mutation, subscription=Subscription).graphql_schema
    node: Any = built.type_map["Node"]
    node.resolve_type = type_of
    for kind in built.type_map.values():
        # inputs go on as plain JSON: no object of graphene's is made for each row of an import
        if isinstance(kind, GraphQLInputObjectType):
            kind.out_type = _as_it_is  # type: ignore[method-assign]
        elif isinstance(kind, GraphQLEnumType):
            for name, value in kind.values.items():
                value.value = value.value if kind.name.startswith("__") else name
            _name_choices(kind)
    return built


def _name_choices(kind: GraphQLEnumType) -> None:
    """Let a value that an enumeration does not have be refused with those that it has."""
    choices = f"Choose one of {', '.join(kind.values)}."

    def naming(read: Callable[..., Any]) -> Callable[..., Any]:
        def reading(*given: Any) -> Any:
            try:
                return read(*given)
            except GraphQLError as error:
                raise GraphQLError(f"{error.message.split(' Did you mean ')[0]} {choices}", error.nodes) from None

        return reading

    kind.parse_value = naming(kind.parse_value)  # type: ignore[method-assign]
    kind.parse_literal = naming(kind.parse_literal)  # type: ignore[method-assign]


def _as_it_is(value: dict[str, object]) -> dict[str, object]:
    return value


schema = _build()
"""The executable schema."""

LIVE: dict[str, Live] = {to_camel_case(name): field.live for name, field in Subscription._meta.fields.items()}
"""How each field of Subscription gets its values."""


@cache
def printed() -> str:
    """Give the schema in the schema definition language, as committed in schema.graphql."""
    return print_schema(schema) + "\n"


if __name__ == "__main__":
    sys.stdout.write(printed())
