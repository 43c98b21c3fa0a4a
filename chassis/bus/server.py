"""Answering requests: nameko entrypoints over one link of the service."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from nameko import config
from nameko.exceptions import ContainerBeingKilled
from nameko.extensions import Entrypoint, ProviderCollector, SharedExtension

from chassis.actor import verify_actor
from chassis.bus.link import Link, Subscription
from chassis.bus.rpc import error_to_json
from chassis.bus.threads import Threads
from chassis.bus.topology import rpc_queue
from chassis.errors import CrmError, Misconfigured, Unavailable, Undecodable
from chassis.settings import Settings
from chassis.store.work import Caller
from chassis.telemetry import log, new_correlation_id
from chassis.wire import decode, encode

M = TypeVar("M", bound=Callable[..., Any])

CALLER = "caller"
"""Where the worker's context holds on whose behalf it runs."""


def actor_secret(settings: Settings) -> str:
    """Give the secret that actors are signed with; raise Misconfigured if it is missing or short."""
    secret = settings.actor_secret.get_secret_value() if settings.actor_secret else ""
    if len(secret) < 32:
        raise Misconfigured(
            "CRM_ACTOR_SECRET must be set to 32 characters or more, the same for the gateway and all services"
        )
    return secret


class RpcServer(ProviderCollector, SharedExtension):  # type: ignore[misc]
    """Reads a service's requests and answers them."""

    def setup(self) -> None:
        """Read the settings; nothing is connected yet."""
        settings: Settings = config["settings"]
        self._secret = actor_secret(settings)
        self._draining = False
        self._methods: dict[str, Rpc] = {}
        queue = rpc_queue(self.container.service_name)
        self.link = Link(
            settings.amqp_url,
            f"{self.container.service_name}.rpc",
            declare=lambda channel: queue(channel).declare(),
            # as many wait here as are at work: a stop gives these back, a crash loses none of them
            subscriptions=[Subscription(queue, self._on_message, prefetch=settings.workers)],
        )

    def start(self) -> None:
        """Start reading; does not wait for the broker, which may come later."""
        self._methods = {provider.method_name: provider for provider in self._providers}
        self._threads = Threads(self.container)
        self._threads.spawn("rpc link", self.link.run)

    def drain(self) -> None:
        """Take no more requests; those not begun go back to the queue, for another replica or the next start."""
        self._draining = True

    def stop(self) -> None:
        """Close the connection, after the last worker has answered."""
        self.link.stop()
        self._threads.join()

    def _on_message(self, message: Any) -> None:
        if self._draining:
            _quietly(message.requeue)
            return
        try:
            run = self._prepare(message)
        except Exception as error:
            _quietly(message.ack)
            if not isinstance(error, CrmError):
                log.exception("rpc.unreadable_request", service=self.container.service_name)
            else:
                log.warning("rpc.refused_request", service=self.container.service_name, error=str(error))
            self._reply(message, {"error": error_to_json(error)})
            return
        if self.container._worker_pool.free() > 0:
            run()
        else:  # waits for a free worker beside the reader, which has heartbeats to send
            self.container.spawn_managed_thread(run, identifier="rpc request")

    def _prepare(self, message: Any) -> Callable[[], None]:
        headers = message.headers
        provider = self._methods.get(headers.get("method"))
        if provider is None:
            raise Undecodable(f"{self.container.service_name} has no method {headers.get('method')!r}")
        deadline = headers.get("deadline")
        if not isinstance(deadline, int):
            raise Undecodable("a request carries its deadline, in milliseconds since 1970")
        caller = Caller(
            actor=verify_actor(str(headers.get("actor")), self._secret),
            correlation_id=str(headers.get("correlation") or new_correlation_id())[:64],
            idempotency_key=headers.get("key"),
        )
        payload = decode(message.body)

        def run() -> None:
            if self._draining:
                _quietly(message.requeue)
                return
            # WorkerPool.spawn waits for a free worker; the request is taken only then
            _wait_for_worker(self.container._worker_pool)
            if self._draining:
                _quietly(message.requeue)
                return
            if not _quietly(message.ack):
                return  # the broker took it back with its connection and delivers it again
            if time.time() * 1000 > deadline:
                log.info("rpc.expired", method=provider.method_name)
                return  # its caller is gone
            try:
                self.container.spawn_worker(
                    provider,
                    (payload,),
                    {},
                    context_data={CALLER: caller},
                    handle_result=partial(self._answer, message),
                )
            except ContainerBeingKilled:
                self._reply(message, {"error": error_to_json(Unavailable("the service is stopping"))})

        return run

    def _answer(self, message: Any, worker: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
        if exc_info is not None:
            error = exc_info[1]
            if not isinstance(error, CrmError):
                caller = worker.data[CALLER]
                log.error(
                    "rpc.failed",
                    method=worker.entrypoint.method_name,
                    correlation=caller.correlation_id,
                    exc_info=exc_info,
                )
            self._reply(message, {"error": error_to_json(error)})
        else:
            self._reply(message, {"result": result})
        return result, exc_info

    def _reply(self, message: Any, answer: dict[str, Any]) -> None:
        reply_to = message.properties.get("reply_to")
        if not reply_to:
            return
        try:
            body = encode(answer)
        except TypeError as error:
            log.exception("rpc.answer_not_json", error=str(error))
            body = encode({"error": error_to_json(error)})
        properties = {"correlation_id": message.properties.get("correlation_id"), "delivery_mode": 1}
        try:
            self.link.publish(body, exchange="", routing_key=reply_to, headers={}, properties=properties)
        except Unavailable as error:
            log.warning("rpc.reply_lost", error=str(error))  # the caller's deadline tells it


def _wait_for_worker(pool: Any) -> None:
    """Wait until one of a pool's green threads is free.

    The pool tells whoever waits for all of them as the last one ends, but only if nobody waits for a free one at that moment:
    where we do, and find all of them free, it is for us to tell.
    """
    pool.sem.acquire()
    pool.sem.release()
    if not pool.running() and pool.sem.balance == pool.size and not pool.no_coros_running.ready():
        pool.no_coros_running.send(None)


def _quietly(settle: Callable[[], None]) -> bool:
    """Settle a message; tell False if its connection is gone, with which the broker has taken it back already."""
    try:
        settle()
    except Exception as error:
        log.info("rpc.settle_failed", error=str(error))
        return False
    return True


class Rpc(Entrypoint):  # type: ignore[misc]
    """The entrypoint of a method that the gateway calls with one JSON value and that answers with another."""

    server = RpcServer()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(expected_exceptions=(CrmError,), **kwargs)

    def setup(self) -> None:
        """Register the method."""
        self.server.register_provider(self)

    def stop(self) -> None:
        """Take no more requests."""
        self.server.drain()


def rpc(method: M) -> M:
    """Let the gateway call a method of a service class."""
    registered: M = Rpc.decorator(method)
    return registered
