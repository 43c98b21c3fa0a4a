"""What the caller may put right, in the payload of a mutation."""

from __future__ import annotations

import graphene

from chassis.errors import Problem
from chassis.wire import Json

# a reference is `deal` in the API and `deal_id` on the wire, `deals` and `deal_ids`; these are no references
_NO_REFERENCES = frozenset({"external_id", "tax_id", "tax_ids"})


class UserError(graphene.ObjectType):
    """Something to put right: a stable code, a sentence, the path of the input field and further details."""

    field = graphene.List(graphene.NonNull(graphene.String))
    message = graphene.String(required=True)
    code = graphene.String(required=True)
    details = graphene.List(graphene.NonNull(graphene.String), required=True)


class Payload(graphene.ObjectType):
    """What every mutation's payload has beside what it made or changed."""

    class Meta:
        abstract = True

    errors = graphene.List(graphene.NonNull(UserError), required=True)


def user_error(problem: Problem) -> Json:
    """Give a service's problem in the words of the API."""
    return {
        "field": None if problem.field is None else [camel(part) for part in problem.field],
        "message": problem.message,
        "code": problem.code,
        "details": list(problem.details),
    }


def camel(name: str) -> str:
    """Give the API's name of a field: expected_close_on → expectedCloseOn, deal_id → deal, process_ids → processes."""
    if name in _NO_REFERENCES:
        pass
    elif name.endswith("_id"):
        name = name.removesuffix("_id")
    elif name.endswith("_ids"):
        stem = name.removesuffix("_ids")
        name = f"{stem}es" if stem.endswith("s") else f"{stem}s"
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)
