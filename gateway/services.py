"""What the gateway needs of the services behind it: to ask them on behalf of one caller."""

from __future__ import annotations

from typing import Any, Protocol

from chassis.wire import Json
from gateway.execution.deferred import Deferred


class Pending(Protocol):
    """A request that is under way."""

    def result(self) -> Json:
        """Wait for the answer; raise one of chassis.errors."""
        ...


class Services(Protocol):
    """The services, asked on behalf of one caller and within one deadline."""

    def send(self, service: str, method: str, payload: Json, idempotency_key: str | None = None) -> Pending:
        """Ask without waiting."""
        ...


class Answer(Deferred):
    """The answer of one request, for a resolver to give."""

    __slots__ = ("_pending",)

    def __init__(self, pending: Pending) -> None:
        self._pending = pending

    def result(self) -> Any:
        """Wait for the answer."""
        return self._pending.result()


def ask(services: Services, service: str, method: str, payload: Json) -> Deferred:
    """Send a query at once and give its answer when the level is complete."""
    return Answer(services.send(service, method, payload))
