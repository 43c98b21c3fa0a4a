"""Search."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from gateway.contacts.types import SearchHit, SearchKind
from gateway.execution.deferred import Deferred
from gateway.services import ask
from gateway.shapes.connections import DEFAULT_PAGE, LARGEST_PAGE
from gateway.shapes.scalars import bad_input

_LONGEST = 500


class SearchQueries(graphene.ObjectType):
    """Questions by words."""

    search = graphene.List(
        graphene.NonNull(SearchHit),
        required=True,
        description="as someone types: every word begins a word of a field; the likeliest first",
        text=graphene.Argument(graphene.String, required=True),
        kinds=graphene.List(graphene.NonNull(SearchKind)),
        first=graphene.Int(description=f"how many, at most {LARGEST_PAGE}; {DEFAULT_PAGE} if not said"),
    )

    def resolve_search(
        _root: object,
        info: GraphQLResolveInfo,
        text: str,
        kinds: list[str] | None = None,
        first: int | None = None,
    ) -> Deferred:
        first = DEFAULT_PAGE if first is None else first
        if not 1 <= first <= LARGEST_PAGE:
            raise bad_input(f"first is 1 to {LARGEST_PAGE}; {first} were asked for")
        if len(text) > _LONGEST:
            raise bad_input(f"a search has {_LONGEST} characters at most; these are {len(text)}")
        payload: dict[str, Any] = {"text": text, "kinds": kinds, "first": first}
        return ask(info.context.services, "contacts", "search", payload).then(lambda answer: answer["hits"])
