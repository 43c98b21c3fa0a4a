"""Subscriptions over HTTP: Server-Sent Events, as the GraphQL over SSE protocol writes them (one request, one stream)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from graphql import GraphQLError
from werkzeug.wrappers import Request, Response

from chassis.bus.feed import Feed
from chassis.errors import CrmError
from chassis.wire import Json, encode
from gateway.context import Context
from gateway.execution.documents import Document
from gateway.execution.engine import Engine, Outcome
from gateway.execution.errors import formatted
from gateway.execution.subscribing import Listening
from gateway.live.fields import Live
from gateway.web.answers import STREAM
from gateway.web.requests import BadRequest, GraphQLRequest

_ALIVE = b":\n\n"
_COMPLETE = b"event: complete\ndata:\n\n"
_SILENCE = 12.0
"""Seconds after which a word is sent that means nothing: what is between keeps the connection, and we notice a client's end."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request whose document is valid, and how to make the context in which its answers are executed."""

    request: GraphQLRequest
    document: Document
    context: Callable[[], Context]
    correlation_id: str


class Streams:
    """Answers requests as streams of events; `most` may be open in this process."""

    def __init__(self, engine: Engine, feed: Feed, live: dict[str, Live], most: int) -> None:
        self._engine = engine
        self._feed = feed
        self._live = live
        self._most = most

    def opened(self, asked: Asked, listening: Listening) -> Iterator[bytes]:
        """Begin to listen; raise BadRequest where that cannot be, or a CrmError or GraphQLError for wrong arguments."""
        if not self._feed.link.ready.is_set():
            raise BadRequest(503, "SERVICE_UNAVAILABLE", "the message broker does not answer; try again later")
        if self._feed.listeners >= self._most:
            raise BadRequest(
                503, "TOO_MANY_STREAMS", f"{self._most} streams are open here; close some or try again later"
            )
        live = self._live[listening.field]
        list(
            live.values((), listening.arguments, asked.context().services)
        )  # arguments that do not fit are told at once
        return self._told(asked, listening, live)

    def _told(self, asked: Asked, listening: Listening, live: Live) -> Iterator[bytes]:
        with self._feed.listen(live.hears) as listener:
            yield _ALIVE  # from now on nothing is missed
            try:
                while True:
                    came = listener.take(_SILENCE)
                    if not came:
                        yield _ALIVE
                        continue
                    context = asked.context()
                    for value in live.values(came, listening.arguments, context.services):
                        yield next_event(self._executed(asked, context, value).answer)
            except (CrmError, BadRequest) as error:
                yield next_event(told(error, asked.correlation_id))
        yield _COMPLETE

    def _executed(self, asked: Asked, context: Context, value: Json) -> Outcome:
        request = asked.request
        return self._engine.run(
            asked.document, request.variables, request.operation_name, context, asked.correlation_id, root=value
        )


def next_event(answer: Json) -> bytes:
    """Write one answer as an event."""
    return b"event: next\ndata: " + encode(answer) + b"\n\n"


def once(answer: Json) -> Iterator[bytes]:
    """Give the stream of an operation that has one answer."""
    yield next_event(answer)
    yield _COMPLETE


def told(error: CrmError | BadRequest | GraphQLError, correlation_id: str) -> Json:
    """Give an error as an answer."""
    match error:
        case BadRequest():
            return {"errors": [{"message": str(error), "extensions": {"code": error.code}}]}
        case GraphQLError():
            return {"errors": formatted([error], correlation_id)}
        case _:
            return {"errors": formatted([GraphQLError(str(error), original_error=error)], correlation_id)}


def stream_response(events: Iterator[bytes], request: Request, correlation_id: str) -> Response:
    """Write events as they come."""
    request.environ["eventlet.minimum_write_chunk_size"] = 1  # eventlet would gather four kilobytes first
    response = Response(events, content_type=STREAM)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"
    response.headers["X-Correlation-Id"] = correlation_id
    return response
