"""Errors as the client sees them: a stable code, a sentence, and nothing of the inside."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from graphql import GraphQLError

from chassis.errors import DeadlineExceeded, Forbidden, NotAuthenticated, Refused, Unavailable
from chassis.telemetry import log
from chassis.wire import Json
from gateway.shapes.problems import user_error

_DOWN = "a service that this needs does not answer; try again later"
_LATE = "no answer came in time; what was asked may still happen: ask again, with the same idempotencyKey"


def formatted(errors: Iterable[GraphQLError], correlation_id: str) -> list[Json]:
    """Give errors for the answer; what is a fault of ours is logged, once, and shown by its correlation id only."""
    logged: set[int] = set()  # a request that failed is the error of each row that waited for it
    shown = []
    for error in errors:
        original = _original(error)
        shown.append(_formatted(error, original, correlation_id))
        if original is not None and id(original) not in logged:
            logged.add(id(original))
            _log(error, original, correlation_id)
    return shown


def _log(error: GraphQLError, original: BaseException, correlation_id: str) -> None:
    if isinstance(original, Unavailable):
        log.warning("graphql.unavailable", correlation=correlation_id, path=error.path, error=str(original))
    elif not isinstance(original, (Refused, Forbidden, NotAuthenticated)):
        log.error("graphql.failed", correlation=correlation_id, path=error.path, exc_info=original)


def _formatted(error: GraphQLError, original: BaseException | None, correlation_id: str) -> Json:
    shown: dict[str, Any] = {"message": error.message}
    if error.locations:
        shown["locations"] = [{"line": at.line, "column": at.column} for at in error.locations]
    if error.path:
        shown["path"] = error.path
    match original:
        case Refused():
            problems = [user_error(problem) for problem in original.problems]
            shown["message"] = problems[0]["message"] if problems else str(original)
            first = problems[0] if problems else {"code": Refused.code, "field": None, "details": []}
            shown["extensions"] = {"code": first["code"], "field": first["field"], "details": first["details"]}
            if len(problems) > 1:
                shown["extensions"]["problems"] = problems
        case Forbidden() | NotAuthenticated():
            shown["message"] = str(original)
            shown["extensions"] = {"code": original.code}
        case DeadlineExceeded():
            shown.update(message=_LATE, extensions={"code": original.code})
        case Unavailable():
            shown.update(message=_DOWN, extensions={"code": original.code})
        case None:
            shown["extensions"] = dict(error.extensions or {"code": "BAD_USER_INPUT"})
        case _:
            shown["message"] = "something went wrong here; the log says what, under this correlation id"
            shown["extensions"] = {"code": "INTERNAL", "correlationId": correlation_id}
    return shown


def _original(error: GraphQLError) -> BaseException | None:
    """Find what was raised in a resolver; None where GraphQL itself found the fault."""
    original: BaseException | None = error.original_error
    while isinstance(original, GraphQLError):
        original = original.original_error
    return original
