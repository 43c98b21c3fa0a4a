"""Relay connections over the services' pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import graphene
from graphql import FieldNode, FragmentSpreadNode, GraphQLResolveInfo, InlineFragmentNode, SelectionNode

from chassis.wire import Json
from gateway.execution.deferred import Deferred
from gateway.shapes.scalars import bad_input

DEFAULT_PAGE = 20
LARGEST_PAGE = 100


class PageInfo(graphene.ObjectType):
    """Where a page lies in its list."""

    has_next_page = graphene.Boolean(required=True)
    has_previous_page = graphene.Boolean(required=True)
    start_cursor = graphene.String()
    end_cursor = graphene.String()


def connection_of(name: str, node: str, **more: Any) -> type[graphene.ObjectType]:
    """Make the connection type of a node type, which is named by its import path; `more` are further fields."""
    edge = type(
        f"{name}Edge",
        (graphene.ObjectType,),
        {
            "__doc__": f"A {name} in a list, with its cursor.",
            "cursor": graphene.String(required=True),
            "node": graphene.Field(node, required=True),
        },
    )
    return type(
        f"{name}Connection",
        (graphene.ObjectType,),
        {
            "__doc__": f"A page of a list of {name}; `totalCount` is counted only when asked for.",
            "nodes": graphene.List(graphene.NonNull(node), required=True),
            "edges": graphene.List(graphene.NonNull(edge), required=True),
            "page_info": graphene.Field(PageInfo, required=True),
            "total_count": graphene.Int(required=True),
            **more,
        },
    )


def page_arguments() -> dict[str, Any]:
    """Give the arguments of every connection."""
    return {
        "first": graphene.Int(description=f"how many, at most {LARGEST_PAGE}; {DEFAULT_PAGE} if not said"),
        "after": graphene.String(description="the cursor after which to go on"),
    }


def page_request(info: GraphQLResolveInfo, first: int | None, after: str | None) -> Json:
    """Make the services' page request; raise BAD_USER_INPUT for a page that is too large."""
    first = DEFAULT_PAGE if first is None else first
    if not 0 <= first <= LARGEST_PAGE:
        raise bad_input(f"first is 0 to {LARGEST_PAGE}; {first} were asked for")
    return {"first": first, "after": after, "total": asks_for(info, "totalCount")}


def connection(page: Json, after: str | None = None) -> Json:
    """Give a service's page in the shape of a connection; what else the service tells of the list stays beside it."""
    nodes, cursors = page["nodes"], page["cursors"]
    return {
        **page,
        "nodes": nodes,
        "edges": [{"cursor": cursor, "node": node} for cursor, node in zip(cursors, nodes, strict=True)],
        "page_info": {
            "has_next_page": page["has_next"],
            "has_previous_page": after is not None,
            "start_cursor": cursors[0] if cursors else None,
            "end_cursor": cursors[-1] if cursors else None,
        },
        "total_count": page["total"],
    }


def connected(page: Deferred, after: str | None = None) -> Deferred:
    """Give a page that comes later in the shape of a connection."""
    return page.then(lambda found: connection(found, after))


def asks_for(info: GraphQLResolveInfo, *path: str) -> bool:
    """Tell whether a field's selection names a field, or one within others; whatever @skip and @include say."""
    return any(_selects(node.selection_set.selections, path, info) for node in info.field_nodes if node.selection_set)


def _selects(selections: Iterable[SelectionNode], path: tuple[str, ...], info: GraphQLResolveInfo) -> bool:
    for selection in selections:
        if isinstance(selection, FieldNode):
            if selection.name.value != path[0]:
                continue
            within = selection.selection_set
            if not path[1:] or (within is not None and _selects(within.selections, path[1:], info)):
                return True
        elif isinstance(selection, InlineFragmentNode):
            if _selects(selection.selection_set.selections, path, info):
                return True
        elif isinstance(selection, FragmentSpreadNode):
            fragment = info.fragments[selection.name.value]
            if _selects(fragment.selection_set.selections, path, info):
                return True
    return False
