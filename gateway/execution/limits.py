"""How large a query may be: its depth, and the objects it could answer with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
)

from gateway.shapes.connections import DEFAULT_PAGE

DEEPEST = 15
"""Levels of selections within one another."""
MOST_OBJECTS = 20_000
"""Objects that the answer could have, if every page were full."""
_ROOT_FIELD = 50  # a request to a service costs about as much as so many objects


def too_large(
    document: DocumentNode, operation: OperationDefinitionNode, variables: Mapping[str, Any]
) -> GraphQLError | None:
    """Give the error of an operation that is over the limits, or None."""
    measure = _Measure(document, variables)
    objects, depth = measure.of(operation.selection_set)
    objects += _ROOT_FIELD * len(operation.selection_set.selections)
    if depth > DEEPEST:
        return _error(f"the query is {depth} levels deep; {DEEPEST} are allowed", operation)
    if objects > MOST_OBJECTS:
        return _error(
            f"the query may give {objects} objects; {MOST_OBJECTS} are allowed: ask for smaller pages", operation
        )
    return None


def _error(message: str, operation: OperationDefinitionNode) -> GraphQLError:
    return GraphQLError(message, operation, extensions={"code": "QUERY_TOO_LARGE"})


class _Measure:
    """Measures selections; each fragment once, so that fragments within fragments cost no more than their text."""

    def __init__(self, document: DocumentNode, variables: Mapping[str, Any]) -> None:
        self._variables = variables
        self._fragments = {
            one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)
        }
        self._measured: dict[str, tuple[int, int]] = {}

    def of(self, selections: SelectionSetNode) -> tuple[int, int]:
        """Give the objects within one object, and the levels."""
        objects, depth = 0, 0
        for selection in selections.selections:
            if isinstance(selection, FieldNode):
                within, levels = self._of_field(selection)
            elif isinstance(selection, FragmentSpreadNode):
                within, levels = self._of_fragment(selection.name.value)
            elif isinstance(selection, InlineFragmentNode):
                within, levels = self.of(selection.selection_set)
            else:
                continue
            objects, depth = objects + within, max(depth, levels)
        return objects, depth

    def _of_field(self, field: FieldNode) -> tuple[int, int]:
        if field.selection_set is None or field.name.value.startswith("__"):
            return 0, 1  # how deep introspection may go is a rule of validation
        within, levels = self.of(field.selection_set)
        return (1 + within) * self._page(field), levels + 1

    def _of_fragment(self, name: str) -> tuple[int, int]:
        if name not in self._measured:
            self._measured[name] = self.of(self._fragments[name].selection_set)
        return self._measured[name]

    def _page(self, field: FieldNode) -> int:
        """Tell how many objects a field may give: those of its page, where it is a connection."""
        selected = (
            {one.name.value for one in field.selection_set.selections if isinstance(one, FieldNode)}
            if field.selection_set
            else set()
        )
        first = next((argument.value for argument in field.arguments if argument.name.value == "first"), None)
        if isinstance(first, IntValueNode):
            return max(1, int(first.value))
        if isinstance(first, VariableNode):
            given = self._variables.get(first.name.value)
            return max(1, given) if isinstance(given, int) else DEFAULT_PAGE
        return DEFAULT_PAGE if selected & {"nodes", "edges", "pageInfo"} else 1
