"""Reading a GraphQL request from HTTP."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Request

from chassis.errors import Undecodable
from chassis.wire import Json, decode


class BadRequest(Exception):
    """A request that is no GraphQL request; `status` is its HTTP status."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


@dataclass(frozen=True)
class GraphQLRequest:
    """What a client asks to be executed."""

    query: str
    variables: dict[str, Any] = field(default_factory=dict)
    operation_name: str | None = None
    by_get: bool = False


def read_request(request: Request, body_limit: int) -> GraphQLRequest:
    """Read a request of GET or POST; raise BadRequest for what is none."""
    if request.method == "GET":
        return _checked(dict(request.args), by_get=True)
    if request.content_length is not None and request.content_length > body_limit:
        raise _too_large(body_limit)
    if request.mimetype != "application/json":
        raise BadRequest(415, "UNSUPPORTED_MEDIA_TYPE", "send JSON, with Content-Type: application/json")
    if request.mimetype_params.get("charset", "utf-8").lower() not in ("utf-8", "utf8"):
        raise BadRequest(415, "UNSUPPORTED_MEDIA_TYPE", "send JSON in UTF-8")
    request.max_content_length = body_limit + 1  # a body without a length is cut there, and then seen to be too long
    if request.headers.get("Transfer-Encoding", "").lower() == "chunked":
        request.environ["wsgi.input_terminated"] = (
            True  # eventlet ends such a body; werkzeug would not read it otherwise
        )
    try:
        body = request.get_data()
    except RequestEntityTooLarge:
        raise _too_large(body_limit) from None
    if len(body) > body_limit:
        raise _too_large(body_limit)
    return _checked(_json(body, "the body"))


def _too_large(limit: int) -> BadRequest:
    return BadRequest(413, "BODY_TOO_LARGE", f"a request's body has at most {limit} bytes; send it in parts")


def _json(text: bytes | str, what: str) -> Json:
    try:
        return decode(text)
    except Undecodable:
        raise BadRequest(400, "BAD_REQUEST", f"{what} is not JSON") from None


def _checked(parameters: Json, by_get: bool = False) -> GraphQLRequest:
    if not isinstance(parameters, dict):
        raise BadRequest(
            400, "BAD_REQUEST", 'the body is one object: {"query": …, "variables": …}; batches are not taken'
        )
    query, variables, name = (parameters.get(key) for key in ("query", "variables", "operationName"))
    if by_get and isinstance(variables, str):
        variables = _json(variables, "variables") if variables else None
    if not isinstance(query, str) or not query.strip():
        raise BadRequest(400, "BAD_REQUEST", "query is missing: the text of a GraphQL document")
    if variables is not None and not isinstance(variables, dict):
        raise BadRequest(400, "BAD_REQUEST", "variables is an object of values by their names")
    if name is not None and not isinstance(name, str):
        raise BadRequest(400, "BAD_REQUEST", "operationName is a text")
    if not isinstance(parameters.get("extensions"), (dict, str, type(None))):
        raise BadRequest(400, "BAD_REQUEST", "extensions is an object")
    return GraphQLRequest(query, variables or {}, name or None, by_get)
