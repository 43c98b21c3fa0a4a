"""Writing answers: the two media types of GraphQL over HTTP and their rules of status."""

from __future__ import annotations

from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header
from werkzeug.wrappers import Request, Response

from chassis.wire import Json, encode
from gateway.web.requests import BadRequest

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
STREAM = "text/event-stream"


def media_type(request: Request) -> str:
    """Choose the media type of the answer; raise BadRequest (406) where the client takes neither."""
    accept = request.headers.get("Accept")
    if not accept or accept == "*/*":
        return JSON
    chosen = parse_accept_header(accept, MIMEAccept).best_match([JSON, GRAPHQL, STREAM])
    if chosen is None:
        raise BadRequest(406, "NOT_ACCEPTABLE", f"answers are {GRAPHQL}, {JSON} or {STREAM}")
    return chosen


def answer(body: Json, media: str, status: int, correlation_id: str) -> Response:
    """Write an answer."""
    response = Response(encode(body), status=status, content_type=f"{media}; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Correlation-Id"] = correlation_id
    return response


def refusal(error: BadRequest, media: str, correlation_id: str) -> Response:
    """Write the answer to what is no GraphQL request."""
    body = {"errors": [{"message": str(error), "extensions": {"code": error.code}}]}
    response = answer(body, media, error.status, correlation_id)
    if error.status == 405:
        response.headers["Allow"] = "POST"
    if error.status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="crm"'
    return response
