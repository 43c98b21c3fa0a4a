"""What the gateway needs of the services behind it: to ask them on behalf of one caller."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Protocol

from chassis.bus.rpc import Call, RpcClient
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


class OnBehalf:
    """The services over the bus, asked as one signed actor, within one deadline (Unix time, seconds)."""

    def __init__(self, client: RpcClient, actor: str, correlation_id: str, deadline: float) -> None:
        self._client = client
        self._call = Call(actor=actor, correlation_id=correlation_id, deadline=deadline)

    def send(self, service: str, method: str, payload: Json, idempotency_key: str | None = None) -> Pending:
        """Ask without waiting."""
        call = self._call if idempotency_key is None else replace(self._call, idempotency_key=idempotency_key)
        return self._client.send(service, method, payload, call)


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
