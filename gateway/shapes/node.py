"""The interface of what has an id."""

from __future__ import annotations

from typing import Any

import graphene

from gateway.kinds import THINGS, Kind, kind_named_by


class Node(graphene.Interface):
    """A thing that can be asked for by its id alone."""

    id = graphene.ID(required=True)


def type_of(thing: Any, _info: object = None, _type: object = None) -> str | None:
    """Name the type of a thing by the kind in its id."""
    kind = kind_named_by(thing["id"])
    return THINGS[kind].type if isinstance(kind, Kind) else None
