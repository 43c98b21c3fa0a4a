"""From a request's text to its answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graphql import GraphQLError, GraphQLSchema

from chassis.wire import Json
from gateway.context import Context
from gateway.execution.documents import Document, Documents
from gateway.execution.errors import formatted
from gateway.execution.executor import execute
from gateway.execution.limits import too_large
from gateway.execution.subscribing import Listening, listening_to


@dataclass(frozen=True)
class Outcome:
    """An answer; `executed` is False where the request itself was wrong and nothing ran."""

    answer: Json
    executed: bool


class Engine:
    """Executes documents against the schema."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._documents = Documents(schema)

    def document(self, text: str) -> Document:
        """Give a document by its text, parsed and validated."""
        return self._documents.get(text)

    def run(
        self,
        document: Document,
        variables: dict[str, Any],
        operation_name: str | None,
        context: Context,
        correlation_id: str,
        *,
        root: Json = None,
    ) -> Outcome:
        """Execute a document for a caller; `root` is what a subscription's field has to tell."""
        faults = self._faults(document, variables, operation_name)
        if faults or document.parsed is None:
            return _not_run(faults, correlation_id)
        result = execute(
            self._schema,
            document.parsed,
            context=context,
            variables=variables,
            operation_name=operation_name,
            dispatch=context.batches.dispatch,
            root=root,
        )
        if result.extensions is not None:
            errors = result.errors or []
            for error in errors:
                error.extensions = {"code": "BAD_USER_INPUT"}
            return _not_run(tuple(errors), correlation_id, of_input=True)
        if not result.errors:
            return Outcome({"data": result.data}, True)
        return Outcome({"errors": formatted(result.errors, correlation_id), "data": result.data}, True)

    def listening(
        self, document: Document, variables: dict[str, Any], operation_name: str | None, correlation_id: str
    ) -> Listening | Outcome:
        """Tell what a subscription listens to, or the outcome of one that cannot be opened."""
        faults = self._faults(document, variables, operation_name)
        if faults:
            return _not_run(faults, correlation_id)
        try:
            return listening_to(self._schema, document, variables, operation_name)
        except GraphQLError as error:
            return _not_run((error,), correlation_id, of_input=True)

    def _faults(
        self, document: Document, variables: dict[str, Any], operation_name: str | None
    ) -> tuple[GraphQLError, ...]:
        if document.errors or document.parsed is None:
            return document.errors
        operation = document.operation(operation_name)
        excess = too_large(document.parsed, operation, variables) if operation is not None else None
        return (excess,) if excess is not None else ()


def _not_run(errors: tuple[GraphQLError, ...], correlation_id: str, *, of_input: bool = False) -> Outcome:
    shown = [_without_original(error) for error in errors] if of_input else errors
    return Outcome({"errors": formatted(shown, correlation_id)}, False)


def _without_original(error: GraphQLError) -> GraphQLError:
    """The coercion of a variable may have raised anything; what it says is about the input all the same."""
    return GraphQLError(error.message, error.nodes, extensions=error.extensions)
