"""One HTTP request, from its bytes to the answer; knows nothing of how it came here."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from uuid import UUID

from graphql import GraphQLError
from werkzeug.wrappers import Request, Response

from chassis.bus.feed import Feed
from chassis.errors import CrmError, NotAuthenticated, Refused, Unavailable
from chassis.settings import Settings
from chassis.telemetry import log, new_correlation_id
from chassis.wire import encode
from gateway.auth import Caller, Callers, TokenReader
from gateway.context import Context
from gateway.execution.engine import Engine, Outcome
from gateway.memory import Memory, Remembering
from gateway.schema import LIVE, printed, schema
from gateway.services import Services
from gateway.web.answers import GRAPHQL, JSON, STREAM, answer, media_type, refusal
from gateway.web.calendars import calendar_response
from gateway.web.exports import export_response
from gateway.web.pages import Page
from gateway.web.report_exports import ReportExports
from gateway.web.requests import BadRequest, GraphQLRequest, read_request
from gateway.web.streams import Asked, Streams, once, stream_response, told

OnBehalf = Callable[[str, str, float], Services]
"""Gives the services, asked as a signed actor, under a correlation id and until a deadline (Unix time)."""

_CORRELATION = re.compile(r"[A-Za-z0-9._:-]{1,64}")


class App:
    """The gateway's HTTP interface."""

    def __init__(
        self,
        settings: Settings,
        actor_secret: str,
        on_behalf: OnBehalf,
        feed: Feed,
        is_ready: Callable[[], bool] = lambda: True,
    ) -> None:
        self._settings = settings
        self._callers = Callers(TokenReader(settings), actor_secret)
        self._on_behalf = on_behalf
        self._is_ready = is_ready
        self._memory = Memory()
        self._engine = Engine(schema)
        self._streams = Streams(self._engine, feed, LIVE, settings.live_streams)
        self._reports = ReportExports(schema, self._engine)
        self._exports = 0
        self._printed = printed()
        self._page = Page("page.html")
        self._graphiql = Page("graphiql.html")

    def graphql(self, request: Request) -> Response:
        """Answer a GraphQL request."""
        correlation_id = _correlation_id(request)
        media = JSON
        try:
            media = media_type(request)
            asked = read_request(request, self._settings.http_body_limit)
            context = partial(self._context, request, correlation_id)
            if media == STREAM:
                return self._stream(request, asked, context, correlation_id)
            return self._execute(asked, context(), media, correlation_id)
        except BadRequest as error:
            return refusal(error, JSON if media == STREAM else media, correlation_id)
        except Exception as error:
            return _failed(error, media, correlation_id)

    def export(self, request: Request, kind: str, form: str) -> Response:
        """Answer with what a caller may see of one kind, as a file of a form."""
        correlation_id = _correlation_id(request)
        try:
            context = partial(self._context, request, correlation_id)
            return self._one_of_few(lambda: export_response(request, kind, form, context, correlation_id))
        except BadRequest as error:
            return refusal(error, JSON, correlation_id)
        except Exception as error:
            return _failed(error, JSON, correlation_id)

    def report(self, request: Request, name: str, form: str) -> Response:
        """Answer with a report, as a file of a form."""
        correlation_id = _correlation_id(request)
        try:
            context = partial(self._context, request, correlation_id)
            return self._one_of_few(lambda: self._reports.response(request, name, form, context, correlation_id))
        except BadRequest as error:
            return refusal(error, JSON, correlation_id)
        except Exception as error:
            return _failed(error, JSON, correlation_id)

    def _one_of_few(self, export: Callable[[], Response]) -> Response:
        """Begin an export unless so many are running already, and count it until its client has it or is gone."""
        most = self._settings.exports
        if self._exports >= most:
            raise BadRequest(503, "TOO_MANY_EXPORTS", f"{most} exports are running here; try again when one has ended")
        self._exports += 1
        with ExitStack() as running:
            running.callback(self._exported)
            response = export()
            response.call_on_close(running.pop_all().close)
        return response

    def _exported(self) -> None:
        self._exports -= 1

    def calendar(self, request: Request, secret: str) -> Response:
        """Answer a calendar that reads a feed: the secret in its address is all that admits it."""
        correlation_id = _correlation_id(request)
        try:
            deadline = time.time() + self._settings.request_deadline
            services = self._on_behalf(self._callers.calendar, correlation_id, deadline)
            feed = services.send("contacts", "calendar_of_feed", {"secret": secret}).result()
        except Refused:
            return Response("There is no such calendar, or it was revoked.\n", status=404, content_type="text/plain")
        except CrmError as error:
            log.warning("calendar.unavailable", correlation=correlation_id, error=str(error))
            return Response("The calendar cannot be had now; try again later.\n", status=503, content_type="text/plain")
        return calendar_response(feed)

    def schema(self) -> Response:
        """Give the schema in its own language."""
        return Response(self._printed, content_type="text/plain; charset=utf-8")

    def page(self) -> Response:
        """Give the page for trying queries that needs nothing from elsewhere."""
        return self._page.response()

    def graphiql(self) -> Response:
        """Give the page that loads GraphiQL."""
        return self._graphiql.response()

    def livez(self) -> Response:
        """Tell that the process is alive."""
        return Response(encode({"ok": True}), content_type=JSON)

    def readyz(self) -> Response:
        """Tell whether the bus is there; without it no request can be answered."""
        ready = self._is_ready()
        return Response(encode({"ok": ready}), status=200 if ready else 503, content_type=JSON)

    def _context(self, request: Request, correlation_id: str) -> Context:
        """Make what resolvers see of a request; raise BadRequest if nobody vouches for its caller."""
        deadline = time.time() + self._settings.request_deadline
        caller = self._caller(request, correlation_id, deadline)
        services = self._on_behalf(caller.signed, correlation_id, deadline)
        return Context(caller.actor, Remembering(services, self._memory, caller.actor))

    def _caller(self, request: Request, correlation_id: str, deadline: float) -> Caller:
        def teams_of(signed: str, manager_id: UUID) -> list[str]:
            services = self._on_behalf(signed, correlation_id, deadline)
            answered = services.send("contacts", "reach_of_manager", {"manager_id": str(manager_id)}).result()
            return list(answered["team_ids"])

        try:
            return self._callers.of(request.headers.get("Authorization"), teams_of)
        except NotAuthenticated as error:
            raise BadRequest(401, error.code, str(error)) from error
        except Refused as error:
            raise BadRequest(401, NotAuthenticated.code, "the token's manager is not there") from error
        except Unavailable as error:
            log.warning("auth.unavailable", correlation=correlation_id, error=str(error))
            raise BadRequest(503, error.code, "the caller's rights cannot be had now; try again later") from error
        except CrmError as error:
            log.error("auth.failed", correlation=correlation_id, error=str(error))
            raise BadRequest(
                500, "INTERNAL", f"something went wrong here; the log says what, under {correlation_id}"
            ) from error

    def _execute(self, asked: GraphQLRequest, context: Context, media: str, correlation_id: str) -> Response:
        document = self._engine.document(asked.query)
        if asked.by_get and document.changes(asked.operation_name):
            raise BadRequest(405, "METHOD_NOT_ALLOWED", "a mutation is sent by POST")
        if document.listens(asked.operation_name):
            raise BadRequest(406, "NOT_ACCEPTABLE", f"a subscription is answered as a stream: Accept: {STREAM}")
        outcome = self._engine.run(document, asked.variables, asked.operation_name, context, correlation_id)
        # a request that was well-formed but did not fit the schema is 400 in the newer media type only
        status = 400 if media == GRAPHQL and not outcome.executed else 200
        return answer(outcome.answer, media, status, correlation_id)

    def _stream(
        self, request: Request, asked: GraphQLRequest, context: Callable[[], Context], correlation_id: str
    ) -> Response:
        document = self._engine.document(asked.query)
        variables, name = asked.variables, asked.operation_name
        if not document.listens(name):
            if asked.by_get and document.changes(name):
                raise BadRequest(405, "METHOD_NOT_ALLOWED", "a mutation is sent by POST")
            outcome = self._engine.run(document, variables, name, context(), correlation_id)
            return stream_response(once(outcome.answer), request, correlation_id)
        listening = self._engine.listening(document, variables, name, correlation_id)
        if isinstance(listening, Outcome):
            return stream_response(once(listening.answer), request, correlation_id)
        opened = Asked(request=asked, document=document, context=context, correlation_id=correlation_id)
        try:
            events = self._streams.opened(opened, listening)
        except (CrmError, GraphQLError) as error:
            events = once(told(error, correlation_id))
        return stream_response(events, request, correlation_id)


def _failed(error: Exception, media: str, correlation_id: str) -> Response:
    """Answer that it is our fault, and let the log know what it was."""
    log.error("http.failed", correlation=correlation_id, exc_info=error)
    failed = BadRequest(500, "INTERNAL", f"something went wrong here; the log says what, under {correlation_id}")
    return refusal(failed, media, correlation_id)


def _correlation_id(request: Request) -> str:
    given = request.headers.get("X-Correlation-Id", "")
    return given if _CORRELATION.fullmatch(given) else new_correlation_id()
