"""What every mutation does: check the references, send one command on, answer with what was made or what to put right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from chassis.errors import Problem, Refused, refuse
from chassis.wire import Json
from gateway.references import checked
from gateway.services import Services
from gateway.shapes.problems import user_error

_LONGEST_KEY = 200


def mutation(
    service: str,
    method: str,
    *,
    takes: type[graphene.InputObjectType],
    gives: type[graphene.ObjectType],
    read: Callable[[Json], Json],
    description: str,
    nulls: bool = False,
) -> Any:
    """Make a mutation's field: the input goes to a service's command, `read` makes the payload of its answer.

    A null in the input means as much as nothing; with `nulls` it is sent on, for commands that take a value off by it.
    """

    def run(services: Services, input: Json) -> Json:
        key = idempotency_key(input)
        payload = checked(services, service, input if nulls else without_nulls(input), takes)
        return read(services.send(service, method, payload, key).result())

    return field(run, takes=takes, gives=gives, description=description)


def field(
    run: Callable[[Services, Json], Json],
    *,
    takes: type[graphene.InputObjectType],
    gives: type[graphene.ObjectType],
    description: str,
) -> Any:
    """Make a mutation's field of a function that gives its payload, or raises Refused with what to put right."""

    def resolve(_source: object, info: GraphQLResolveInfo, input: Json) -> Json:
        context = info.context
        try:
            return {"errors": [], **run(context.services, dict(input))}
        except Refused as refusal:
            return {"errors": [user_error(problem) for problem in refusal.problems]}
        finally:
            context.loaders.clear()

    return graphene.Field(
        gives,
        required=True,
        description=description,
        args={"input": graphene.Argument(takes, required=True)},
        resolver=resolve,
    )


def without_nulls(data: Json) -> Json:
    """Leave out what is null, at every depth."""
    if isinstance(data, dict):
        return {name: without_nulls(value) for name, value in data.items() if value is not None}
    if isinstance(data, list):
        return [without_nulls(value) for value in data]
    return data


def idempotency_key(input: Json) -> str | None:
    """Take the idempotency key out of an input; raise Refused if it is none."""
    key: str | None = input.pop("idempotency_key", None)
    if key is not None and (not 1 <= len(key) <= _LONGEST_KEY or "\0" in key):
        raise refuse("INVALID", f"an idempotency key has 1 to {_LONGEST_KEY} characters, none NUL", "idempotencyKey")
    return key


def whole(name: str) -> Callable[[Json], Json]:
    """Say that a command's answer is one thing, which the payload holds under a name."""
    return lambda answer: {name: answer}


def as_given(answer: Json) -> Json:
    """Say that a command's answer has the payload's shape already."""
    return dict(answer)


def import_results(answer: Json) -> Json:
    """Give the results of a bulk import in the shape of ImportPayload."""
    return {"results": [import_result(result) for result in answer["results"]]}


def import_result(result: Json) -> Json:
    """Give the result of one row in the shape of ImportResult."""
    errors = [user_error(Problem.from_json(problem)) for problem in result["problems"]]
    return {"status": result["status"], "id": result["id"], "errors": errors}
