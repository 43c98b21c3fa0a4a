"""One living connection to the broker: one green thread reads, any may publish."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from threading import Event, Lock
from typing import Any

import eventlet
from kombu import Connection, Consumer, Queue
from kombu.mixins import ConsumerMixin

from chassis.bus import transport
from chassis.bus.frames import gathering
from chassis.errors import Unavailable
from chassis.telemetry import log

_LOOK = 0.25  # seconds between looks at heartbeats and at whether to stop
_RETRY = {"interval_start": 0.1, "interval_step": 0.3, "interval_max": 2.0}  # seconds between tries to connect


@dataclass
class Subscription:
    """A queue to read: the callback gets each message undecoded, so that garbage is its to judge."""

    queue: Queue
    on_message: Callable[[Any], None]
    prefetch: int
    no_ack: bool = False


@dataclass
class Confirms:
    """What the broker has said of a batch of publishes."""

    first: int
    last: int
    done: Any = field(default_factory=Event)
    failed: str | None = None
    _open: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._open = set(range(self.first, self.last + 1))
        if not self._open:
            self.done.set()

    def wait(self, patience: float) -> bool:
        """Wait until all is settled; tell False when nothing was for a time, seconds."""
        while not self.done.is_set():
            left = len(self._open)
            if not self.done.wait(patience) and len(self._open) == left:
                return False
        return True

    def settle(self, tag: int, multiple: bool, refused: str | None) -> None:
        """Note an ack or a nack of the broker."""
        if refused is not None:
            self.failed = self.failed or refused
        if multiple:
            self._open = {open_tag for open_tag in self._open if open_tag > tag}
        else:
            self._open.discard(tag)
        if not self._open:
            self.done.set()


class Link(ConsumerMixin):  # type: ignore[misc]
    """A connection that is made again for ever, with heartbeats, consumers and a channel to publish on.

    `declare` is called with a channel after each connect, before anything is consumed or published.
    """

    def __init__(
        self,
        url: str,
        name: str,
        *,
        declare: Callable[[Any], None] = lambda channel: None,
        subscriptions: Sequence[Subscription] = (),
        on_lost: Callable[[], None] = lambda: None,
        on_returned: Callable[[Any], None] = lambda message: None,
        confirm: bool = False,
    ) -> None:
        self.url = url
        self.name = name
        self.ready = Event()
        self._declare = declare
        self._subscriptions = subscriptions
        self._on_lost = on_lost
        self._on_returned = on_returned
        self._confirm = confirm
        self._channel: Any = None
        self._blocked: str | None = None
        self._broken: str | None = None
        self._published = 0
        self._batch: Confirms | None = None
        self._publishing = Lock()

    @property
    def is_embedded(self) -> bool:
        """Whether the broker is the one inside this process."""
        return transport.is_embedded(self.url)

    # --- reading -------------------------------------------------------------------------------------------------

    @property
    def connection(self) -> Connection:
        """Describe the connection, for ConsumerMixin."""
        return transport.connect(self.url, on_blocked=self._block, on_unblocked=self._unblock)

    def run(self, *args: Any, **kwargs: Any) -> None:
        """Read until `stop`; whatever goes wrong with the connection, connect again."""
        while not self.should_stop:
            try:
                super().run(*args, safety_interval=_LOOK, **kwargs)
            except Exception:  # py-amqp lets others than its connection errors through when a socket dies
                if not self.should_stop:
                    log.warning("link.failed", link=self.name, exc_info=True)
                    eventlet.sleep(1)

    def stop(self) -> None:
        """Stop reading and close the connection; `run` returns."""
        self.should_stop = True

    @contextmanager
    def establish_connection(self) -> Iterator[Connection]:
        """Connect, however long it takes; tell what was waiting when the connection is lost."""
        try:
            with self.create_connection() as connection:
                connection.ensure_connection(self.on_connection_error, **_RETRY)
                try:
                    yield connection
                except BaseException as error:  # the other side may never answer a polite goodbye
                    log.warning("link.broken_off", link=self.name, reason=self._broken or repr(error))
                    self._broken = None
                    connection.collect()
                    raise
        finally:
            self._lose()

    def get_consumers(self, consumer_cls: Any, channel: Any) -> list[Consumer]:
        """Declare what is to be there and consume, after each connect."""
        self._declare(channel)
        self._open_for_publishing(channel)  # before anything is consumed: the first message may want an answer
        consumers = []
        for subscription in self._subscriptions:
            own = channel.connection.client.channel() if len(self._subscriptions) > 1 else channel
            consumer = Consumer(
                own,
                queues=[subscription.queue],
                on_message=subscription.on_message,
                # kombu unpacks what says that it is compressed; what it cannot unpack is garbage like any other
                on_decode_error=partial(_undecoded, subscription.on_message),
                no_ack=subscription.no_ack,
                auto_declare=False,
                prefetch_count=subscription.prefetch,
            )
            consumers.append(consumer)
        return consumers

    def on_consume_ready(self, connection: Any, channel: Any, consumers: Any, **kwargs: Any) -> None:
        """Tell that the link is there."""
        self.ready.set()

    def _open_for_publishing(self, channel: Any) -> None:
        publishing = channel.connection.client.channel()
        if not self.is_embedded:
            publishing.events["basic_return"].add(self._returned)
            if self._confirm:
                publishing.confirm_select()
                publishing.events["basic_ack"].add(lambda tag, multiple: self._settle(tag, multiple, None))
                publishing.events["basic_nack"].add(lambda tag, multiple: self._settle(tag, multiple, "refused"))
        self._published = 0
        self._channel = publishing
        self._blocked = None

    def on_connection_error(self, exc: Exception, interval: float) -> None:
        """Say that the broker does not answer; end the tries when stopping."""
        if self.should_stop:
            raise exc
        log.warning("link.no_broker", link=self.name, error=str(exc), retry_in=interval)

    def _lose(self) -> None:
        self._channel = None
        self.ready.clear()
        if self._batch is not None:
            self._batch.failed = "the connection was lost"
            self._batch.done.set()
        self._on_lost()

    def on_iteration(self) -> None:
        """Break off the connection where publishing on it went wrong; `run` makes a new one."""
        if self._broken is not None:
            raise ConnectionError(self._broken)

    def _block(self, reason: Any = "") -> None:
        self._blocked = str(reason) or "out of memory or disk"
        log.warning("link.blocked", link=self.name, reason=self._blocked)

    def _unblock(self) -> None:
        self._blocked = None
        log.info("link.unblocked", link=self.name)

    def _returned(self, error: Any, exchange: str, routing_key: str, message: Any) -> None:
        if self._batch is not None:
            self._batch.failed = f"no queue takes {routing_key} of {exchange}"
        self._on_returned(message)

    def _settle(self, tag: int, multiple: bool, refused: str | None) -> None:
        if self._batch is not None:
            self._batch.settle(tag, multiple, refused)

    # --- publishing ----------------------------------------------------------------------------------------------

    def publish(self, body: bytes, **where: Any) -> bool:
        """Write a message without waiting for the broker; raise Unavailable at once when it cannot leave.

        Tells False where it is already known that no queue takes it.
        """
        channel = self._open_channel()
        if self._blocked is not None:  # writing would hang until the broker has memory again
            raise Unavailable(f"the message broker takes no messages now: {self._blocked}")
        try:
            return transport.publish(channel, body, **where)
        except Exception as error:
            raise Unavailable(f"the connection to the message broker broke: {error}") from error

    def bind(self, queue: str, exchanges: Sequence[str]) -> None:
        """Let a queue get all that comes to some exchanges; done before whatever is published here after this call."""
        for exchange in exchanges:
            self._open_channel().queue_bind(queue, exchange, "#", nowait=True)

    def unbind(self, queue: str, exchanges: Sequence[str]) -> None:
        """Undo `bind`; what has come already still does."""
        for exchange in exchanges:
            self._open_channel().queue_unbind(queue, exchange, "#", nowait=True)

    def _open_channel(self) -> Any:
        if self._channel is None:
            raise Unavailable("the message broker does not answer")
        return self._channel

    def publish_confirmed(self, messages: Sequence[tuple[bytes, dict[str, Any]]], patience: float = 5.0) -> None:
        """Publish a batch and wait until the broker has it all; raise Unavailable otherwise.

        `patience` is for how long (seconds) no confirm at all may come. A quorum queue that had no leader at the moment
        of the publish never confirms it: the connection is then made anew and the caller publishes again.
        """
        with self._publishing:
            batch = self._batch = Confirms(self._published + 1, self._published + len(messages))
            try:
                self._publish_together(messages, batch)
                if not self.is_embedded and not batch.wait(patience):
                    self._channel = None  # its confirms can no longer be told apart
                    batch.failed = self._broken = f"no confirm came for {patience} s"
                if batch.failed is not None:
                    raise Unavailable(f"the message broker did not take the batch: {batch.failed}")
            finally:
                self._batch = None

    def _publish_together(self, messages: Sequence[tuple[bytes, dict[str, Any]]], batch: Confirms) -> None:
        try:
            with gathering(self._channel) if self._channel is not None else nullcontext():
                for body, where in messages:
                    if not self.publish(body, mandatory=True, **where):
                        batch.failed = f"no queue takes {where['routing_key']} of {where['exchange']}"
                    self._published += 1
        except OSError as error:
            raise Unavailable(f"the connection to the message broker broke: {error}") from error


def _undecoded(on_message: Callable[[Any], None], message: Any, error: Exception) -> None:
    on_message(message)
