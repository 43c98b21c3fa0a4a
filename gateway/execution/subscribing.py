"""A subscription, before anything has happened: what is listened to, and with which arguments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graphql import ExecutionContext, GraphQLError, GraphQLSchema
from graphql.execution.collect_fields import collect_fields
from graphql.execution.execute import get_field_def
from graphql.execution.values import get_argument_values

from chassis.wire import Json
from gateway.execution.documents import Document


@dataclass(frozen=True)
class Listening:
    """The one field of a subscription, and its arguments."""

    field: str
    arguments: Json


def listening_to(
    schema: GraphQLSchema, document: Document, variables: dict[str, Any], operation_name: str | None
) -> Listening:
    """Read what a valid document's subscription listens to; raise GraphQLError for variables that do not fit."""
    assert document.parsed is not None
    built = ExecutionContext.build(schema, document.parsed, None, None, variables, operation_name)
    if isinstance(built, list):
        raise GraphQLError(built[0].message, built[0].nodes, extensions={"code": "BAD_USER_INPUT"})
    root = schema.subscription_type
    assert root is not None
    fields = collect_fields(schema, built.fragments, built.variable_values, root, built.operation.selection_set)
    (nodes,) = fields.values()  # validation lets no other through
    field = get_field_def(schema, root, nodes[0])
    return Listening(nodes[0].name.value, get_argument_values(field, nodes[0], built.variable_values))
