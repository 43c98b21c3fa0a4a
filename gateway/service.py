"""The gateway as a nameko service: its HTTP entrypoints."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from nameko import config
from nameko.web.handlers import HttpRequestHandler
from werkzeug.wrappers import Request, Response

from chassis.bus.client import Calls
from chassis.bus.feed import Feed
from chassis.bus.server import actor_secret
from chassis.bus.topology import Topology
from chassis.settings import Settings
from gateway.services import OnBehalf
from gateway.web.app import App

F = TypeVar("F", bound=Callable[..., Response])


class Http(HttpRequestHandler):
    """An HTTP entrypoint."""

    def check_signature(self, args: Any, kwargs: Any) -> None:
        """Trust that a method takes what its path names; nameko would inspect it at every request."""


def http(methods: str, path: str) -> Callable[[F], F]:
    """Make a method an HTTP entrypoint."""
    entrypoint: Callable[[F], F] = Http.decorator(methods, path)
    return entrypoint


class Web(Calls):
    """The HTTP interface, and the client by which it asks the services: one of each for the process."""

    def setup(self) -> None:
        """Read the settings and the keys; nothing is connected yet."""
        super().setup()
        settings: Settings = config["settings"]
        topology: Topology = config["topology"]
        self._feed = Feed(settings.amqp_url, topology.public)
        self.app = App(
            settings,
            actor_secret(settings),
            lambda *caller: OnBehalf(self.client, *caller),
            self._feed,
            self._is_ready,
        )

    def start(self) -> None:
        """Connect, now or when the broker comes."""
        super().start()
        self._threads.spawn("feed link", self._feed.link.run)

    def stop(self) -> None:
        """End the streams, and close the connections."""
        self._feed.stop()
        super().stop()

    def get_dependency(self, worker_ctx: Any) -> App:  # type: ignore[override]
        """Give the interface."""
        return self.app

    def _is_ready(self) -> bool:
        return bool(self.client.link.ready.is_set())


class GatewayService:
    """What the gateway answers over HTTP."""

    name = "gateway"
    web: Any = Web()

    @http("GET,POST", "/graphql")
    def graphql(self, request: Request) -> Response:
        """Answer a GraphQL request."""
        return self.web.graphql(request)

    @http("GET", "/")
    def page(self, request: Request) -> Response:
        """Give the page for trying queries."""
        return self.web.page()

    @http("GET", "/graphiql")
    def graphiql(self, request: Request) -> Response:
        """Give the page that loads GraphiQL."""
        return self.web.graphiql()

    @http("GET", "/calendars/<secret>.ics")
    def calendar(self, request: Request, secret: str) -> Response:
        """Give what a manager has planned to a calendar."""
        return self.web.calendar(request, secret)

    @http("GET", "/exports/<any(partners,persons,interactions):kind>.<any(csv,xlsx):form>")
    def export(self, request: Request, kind: str, form: str) -> Response:
        """Give what a caller may see of one kind as a file."""
        return self.web.export(request, kind, form)

    @http("GET", "/exports/reports/<name>.<any(csv,xlsx):form>")
    def report(self, request: Request, name: str, form: str) -> Response:
        """Give a report as a file."""
        return self.web.report(request, name, form)

    @http("GET", "/schema.graphql")
    def schema(self, request: Request) -> Response:
        """Give the schema."""
        return self.web.schema()

    @http("GET", "/livez")
    def livez(self, request: Request) -> Response:
        """Tell that the process is alive."""
        return self.web.livez()

    @http("GET", "/readyz")
    def readyz(self, request: Request) -> Response:
        """Tell whether requests can be answered."""
        return self.web.readyz()
