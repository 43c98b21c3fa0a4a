"""The schema as it is committed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import graphene

from gateway.schema import printed


def test_committed_schema_is_the_one_that_is_served() -> None:
    committed = Path(__file__).parents[2] / "schema.graphql"
    assert committed.read_text() == printed(), "make schema writes it anew"


def test_no_two_types_have_one_name() -> None:
    def below(kind: type) -> Iterator[type]:
        direct: list[type] = kind.__subclasses__()
        for one in direct:
            yield one
            yield from below(one)

    kinds = (graphene.ObjectType, graphene.InputObjectType, graphene.Enum, graphene.Interface)
    own = {one for kind in kinds for one in below(kind) if one.__module__.startswith("gateway.")}
    assert len(own) > 100
    twice = [name for name, count in Counter(one.__name__ for one in own).items() if count > 1]
    assert twice == []  # graphene keeps one of them, silently
