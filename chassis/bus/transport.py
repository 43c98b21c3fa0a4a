"""Connections to the broker: RabbitMQ, or the one inside this process."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from queue import Empty, Queue
from threading import Event
from time import monotonic
from typing import Any, ClassVar

from amqp import spec
from kombu import Connection
from kombu.transport import memory, virtual

from chassis.bus.frames import RabbitTransport
from chassis.settings import EMBEDDED_BUS

HEARTBEAT = 20  # seconds; a dead peer is noticed after two of them
_CONNECT_TIMEOUT = 5

Returned = Callable[[Any], None]


class EmbeddedChannel(memory.Channel):  # type: ignore[misc]
    """A channel of the embedded broker: wakes its readers instead of letting them poll."""

    queues: ClassVar[dict[str, Queue[Any]]] = {}
    readers: ClassVar[defaultdict[str, set[Event]]] = defaultdict(set)
    body_encoding = None  # bodies are bytes and stay so

    def _put(self, queue: str, message: Any, **kwargs: Any) -> None:
        super()._put(queue, message, **kwargs)
        for arrived in self.readers[queue]:
            arrived.set()

    def basic_consume(self, queue: str, *args: Any, **kwargs: Any) -> None:
        """Consume, and be woken by what arrives from now on."""
        super().basic_consume(queue, *args, **kwargs)
        self.readers[queue].add(self.connection.arrived)
        self.connection.arrived.set()

    def basic_cancel(self, consumer_tag: str) -> None:
        """Stop consuming and being woken."""
        queue = self._tag_to_queue.get(consumer_tag)
        super().basic_cancel(consumer_tag)
        if queue is not None and queue not in self._active_queues:
            self.readers[queue].discard(self.connection.arrived)

    def basic_ack(self, delivery_tag: str, multiple: bool = False) -> None:
        """Note a message as done; its reader may have waited to be let take the next one."""
        super().basic_ack(delivery_tag, multiple)
        self.connection.arrived.set()

    def close(self) -> None:
        """Close this channel alone."""
        virtual.Channel.close(self)  # kombu's own forgets every queue of the process


class EmbeddedTransport(memory.Transport):  # type: ignore[misc]
    """kombu's in-memory transport, woken by a message's arrival; what it holds is lost with the process."""

    Channel = EmbeddedChannel
    global_state = virtual.BrokerState()

    def __init__(self, client: Connection, **kwargs: Any) -> None:
        super().__init__(client, **kwargs)
        self.arrived = Event()

    def drain_events(self, connection: Any, timeout: float | None = None) -> None:
        """Deliver one message, or raise socket.timeout when none came in time (seconds)."""
        until = None if timeout is None else monotonic() + timeout
        while True:
            self.arrived.clear()
            try:
                self.cycle.get(self._deliver, timeout=timeout)
                return
            except Empty:
                left = None if until is None else until - monotonic()
                if left is not None and left <= 0:
                    raise TimeoutError from None
                self.arrived.wait(left)


def forget_embedded() -> None:
    """Empty the embedded broker, as a restart of the process would."""
    EmbeddedChannel.queues.clear()
    EmbeddedChannel.readers.clear()
    EmbeddedTransport.global_state.clear()


def is_embedded(url: str) -> bool:
    """Tell whether a URL names the broker inside this process."""
    return url.startswith(EMBEDDED_BUS)


def connect(
    url: str, *, on_blocked: Callable[[Any], None] | None = None, on_unblocked: Callable[[], None] | None = None
) -> Connection:
    """Describe a connection; it is made when first used."""
    if is_embedded(url):
        return Connection(transport=EmbeddedTransport)
    options = {"on_blocked": on_blocked, "on_unblocked": on_unblocked, "client_properties": {"product": "crm"}}
    return Connection(
        url,
        heartbeat=HEARTBEAT,
        connect_timeout=_CONNECT_TIMEOUT,
        transport=None if url.startswith("amqps") else RabbitTransport,
        transport_options=options,
    )


def publish(
    channel: Any,
    body: bytes,
    *,
    exchange: str,
    routing_key: str,
    headers: dict[str, Any],
    properties: dict[str, Any],
    mandatory: bool = False,
) -> bool:
    """Write a message to the broker without waiting for it; tell whether it is known to have reached a queue.

    py-amqp's basic_publish looks for incoming frames at each call, which would read beside the connection's reader;
    hence the method is sent here. Only the embedded broker knows at once where a message went.
    """
    message = channel.prepare_message(
        body, content_type="application/json", content_encoding="utf-8", headers=headers, properties=properties
    )
    if isinstance(channel, EmbeddedChannel):
        reached = routing_key in channel.queues if not exchange else bool(channel._lookup(exchange, routing_key))
        if reached:
            channel.basic_publish(message, exchange, routing_key)
        return reached
    channel.send_method(spec.Basic.Publish, "Bssbb", (0, exchange, routing_key, mandatory, False), message)
    return True
