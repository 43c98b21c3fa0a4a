"""The interface of what has an id."""

from __future__ import annotations

from typing import Any

import graphene

from gateway.kinds import Kind, kind_named_by

_TYPES = {
    Kind.PARTNER: "Partner",
    Kind.MANAGER: "Manager",
    Kind.PROCESS: "SalesProcess",
    Kind.DEAL: "Deal",
    Kind.CLAIM: "Claim",
}


class Node(graphene.Interface):
    """A thing that can be asked for by its id alone."""

    id = graphene.ID(required=True)


def type_of(thing: Any, _info: object = None, _type: object = None) -> str | None:
    """Name the type of a thing by the kind in its id."""
    kind = kind_named_by(thing["id"])
    return _TYPES.get(kind) if isinstance(kind, Kind) else None
