"""Calls between processes: declared once, unconfirmed, each with a deadline.

A request goes to the queue of its service through the default exchange and lives there no longer than its caller waits.
It is acknowledged when work on it begins, so a crash never runs it twice: the caller is told that the answer is unknown,
and its idempotency key makes asking again safe.
"""

from __future__ import annotations

import itertools
import time
import uuid
from dataclasses import dataclass
from typing import Any

from eventlet.event import Event
from kombu import Queue

from chassis.bus.link import Link, Subscription
from chassis.errors import (
    CrmError,
    DeadlineExceeded,
    Forbidden,
    Misconfigured,
    NotAuthenticated,
    Problem,
    Refused,
    Unavailable,
    Undecodable,
)
from chassis.telemetry import log
from chassis.wire import Json, decode, encode

_REPLY_QUEUE_EXPIRES = 60.0  # seconds without its reader
_ERRORS: dict[str, type[CrmError]] = {
    kind.code: kind for kind in (Forbidden, Misconfigured, NotAuthenticated, Unavailable, Undecodable)
}


def error_to_json(error: BaseException) -> dict[str, Any]:
    """Give an error in the shape of the wire; of what is not ours only that it happened."""
    if isinstance(error, Refused):
        return {"code": Refused.code, "problems": [problem.to_json() for problem in error.problems]}
    if isinstance(error, CrmError):
        return {"code": error.code, "message": str(error)}
    return {"code": CrmError.code, "message": "the service failed; its log says why"}


def error_from_json(data: Json) -> CrmError:
    """Make the error that `error_to_json` wrote."""
    if data["code"] == Refused.code:
        return Refused(*(Problem.from_json(problem) for problem in data["problems"]))
    return _ERRORS.get(data["code"], CrmError)(data.get("message", ""))


@dataclass(frozen=True, kw_only=True)
class Call:
    """What a request carries beside its payload: who asks, what it belongs to, its key, and until when it is wanted."""

    actor: str
    correlation_id: str
    deadline: float
    idempotency_key: str | None = None


class Pending:
    """A request under way."""

    def __init__(self, client: RpcClient, correlation_id: str, target: str, deadline: float) -> None:
        self._client = client
        self._id = correlation_id
        self._target = target
        self._deadline = deadline
        self._answer: Event = Event()

    def settle(self, answer: Json | CrmError) -> None:
        """Give the answer, or the error that there will be none."""
        if not self._answer.ready():
            self._answer.send(answer)

    def result(self) -> Json:
        """Wait for the answer until the deadline; raise what the service raised, or Unavailable."""
        answer = (
            self._answer.wait(max(0.0, self._deadline - time.time()))
            if not self._answer.ready()
            else self._answer.wait()
        )
        if answer is None:
            self._client.forget(self._id)
            raise DeadlineExceeded(f"{self._target} did not answer in time")
        if isinstance(answer, CrmError):
            raise answer
        if "error" in answer:
            raise error_from_json(answer["error"])
        return answer["result"]


class RpcClient:
    """Sends requests to services and matches their answers."""

    def __init__(self, url: str, name: str) -> None:
        self._reply_to = f"reply.{name}.{uuid.uuid4()}"
        self._pending: dict[str, Pending] = {}
        self._ids = itertools.count(1)
        # not exclusive: after a broken connection the broker may hold an exclusive queue for the old one
        self._queue = Queue(self._reply_to, durable=True, expires=_REPLY_QUEUE_EXPIRES)
        self.link = Link(
            url,
            f"{name}.rpc",
            declare=lambda channel: self._queue(channel).queue_declare(),
            subscriptions=[Subscription(self._queue, self._on_reply, prefetch=0, no_ack=True)],
            on_lost=self._lose_all,
            on_returned=self._on_returned,
        )

    def call(self, service: str, method: str, payload: Json, call: Call) -> Json:
        """Ask a service and wait for the answer; raise what it raised, or Unavailable."""
        return self.send(service, method, payload, call).result()

    def send(self, service: str, method: str, payload: Json, call: Call) -> Pending:
        """Ask a service without waiting."""
        correlation_id = str(next(self._ids))
        left = call.deadline - time.time()
        pending = Pending(self, correlation_id, f"{service}.{method}", call.deadline)
        if left <= 0:
            pending.settle(DeadlineExceeded(f"no time was left to ask {service}.{method}"))
            return pending
        headers: dict[str, Any] = {
            "method": method,
            "actor": call.actor,
            "correlation": call.correlation_id,
            "deadline": int(call.deadline * 1000),
        }
        if call.idempotency_key is not None:
            headers["key"] = call.idempotency_key
        properties = {
            "reply_to": self._reply_to,
            "correlation_id": correlation_id,
            "expiration": str(max(1, int(left * 1000))),
            "delivery_mode": 1,  # a request is not worth a write to disk: its caller waits for it or asks again
        }
        self._pending[correlation_id] = pending
        try:
            taken = self.link.publish(
                encode(payload),
                exchange="",
                routing_key=f"rpc.{service}",
                headers=headers,
                properties=properties,
                mandatory=True,
            )
        except Unavailable as error:
            self._settle(correlation_id, error)
        else:
            if not taken:
                self._settle(correlation_id, Unavailable(f"the service {service} is not running"))
        return pending

    def forget(self, correlation_id: str) -> None:
        """Stop waiting for an answer."""
        self._pending.pop(correlation_id, None)

    def _settle(self, correlation_id: str | None, answer: Json | CrmError) -> None:
        pending = self._pending.pop(correlation_id or "", None)
        if pending is not None:
            pending.settle(answer)

    def _on_reply(self, message: Any) -> None:
        try:
            answer = decode(message.body)
            if not isinstance(answer, dict) or not ("result" in answer or "error" in answer):
                raise Undecodable("neither a result nor an error")
        except Undecodable as error:
            log.warning("rpc.bad_reply", error=str(error))
            answer = Unavailable("the service's answer could not be read")
        self._settle(message.properties.get("correlation_id"), answer)

    def _on_returned(self, message: Any) -> None:
        self._settle(message.properties.get("correlation_id"), Unavailable("the service is not running"))

    def _lose_all(self) -> None:
        for correlation_id in list(self._pending):
            self._settle(correlation_id, Unavailable("the connection to the message broker was lost"))
