"""Documents: parsed, validated and measured once, then kept by their text."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    OperationType,
    ValueNode,
    parse,
    specified_rules,
    validate,
)
from graphql.validation.specified_rules import recommended_rules

_KEPT = 500
_LONGEST_KEPT = 20_000  # characters; longer ones carry their values in the text and do not come again
_MOST_TOKENS = 20_000
_RULES = (*specified_rules, *recommended_rules)


@dataclass(frozen=True)
class Document:
    """A document, or what is wrong with it."""

    parsed: DocumentNode | None
    errors: tuple[GraphQLError, ...] = ()

    def operation(self, name: str | None) -> OperationDefinitionNode | None:
        """Give the operation that a request runs; None where the name leaves it open."""
        operations = (
            [one for one in self.parsed.definitions if isinstance(one, OperationDefinitionNode)] if self.parsed else []
        )
        named = [one for one in operations if name is None or (one.name is not None and one.name.value == name)]
        return named[0] if len(named) == 1 else None

    def changes(self, name: str | None) -> bool:
        """Tell whether a request runs a mutation."""
        operation = self.operation(name)
        return operation is not None and operation.operation is OperationType.MUTATION

    def listens(self, name: str | None) -> bool:
        """Tell whether a request opens a subscription."""
        operation = self.operation(name)
        return operation is not None and operation.operation is OperationType.SUBSCRIPTION


class Documents:
    """The documents of a schema, those used last kept."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._kept: OrderedDict[str, Document] = OrderedDict()

    def get(self, text: str) -> Document:
        """Give a document by its text."""
        known = self._kept.get(text)
        if known is not None:
            self._kept.move_to_end(text)
            return known
        document = self._read(text)
        if len(text) <= _LONGEST_KEPT:
            self._kept[text] = document
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return document

    def _read(self, text: str) -> Document:
        try:
            parsed = parse(text, max_tokens=_MOST_TOKENS)
        except GraphQLSyntaxError as error:
            error.extensions = {"code": "GRAPHQL_PARSE_FAILED"}
            return Document(None, (error,))
        faults = validate(self._schema, parsed, _RULES, max_errors=20)
        for fault in faults:
            fault.extensions = {"code": _code(fault)}
        return Document(parsed, tuple(faults))


def _code(fault: GraphQLError) -> str:
    """A value that does not fit is the caller's input; anything else is a document that does not fit the schema."""
    if fault.extensions and "code" in fault.extensions:
        return str(fault.extensions["code"])
    of_value = fault.nodes is not None and len(fault.nodes) == 1 and isinstance(fault.nodes[0], ValueNode)
    return "BAD_USER_INPUT" if of_value else "GRAPHQL_VALIDATION_FAILED"
