"""Events as they come, for who listens in this process at this moment; nothing is kept for those who are away."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from threading import Event
from typing import Any
from uuid import uuid4

from kombu import Queue

from chassis.bus.envelope import PREFIX, Message, read_message
from chassis.bus.link import Link, Subscription
from chassis.bus.topology import events_exchange
from chassis.errors import Unavailable, Undecodable
from chassis.events import Heard
from chassis.telemetry import log

_PREFETCH = 500
_MOST_WAITING = 2000
"""Events that may wait for one listener; one that is slower is told that it has missed some."""

_BOUND = "feed-bound"
"""A header of the message by which a feed hears that its queue is bound."""
_PATIENCE = 5.0  # seconds for that

Wants = Callable[[str], bool]


class Listener:
    """One who listens: gets every event of the wanted types from now on, or is told that some were missed."""

    def __init__(self, wants: Wants) -> None:
        self.wants = wants
        self._came: list[Heard] = []
        self._woken = Event()
        self._missed: str | None = None

    def take(self, seconds: float) -> list[Heard]:
        """Give the events that came, waiting for the first of them; none after so many seconds.

        Raise Unavailable once some may have been missed: what was shown has to be read anew.
        """
        self._woken.wait(seconds)
        self._woken.clear()
        came, self._came = self._came, []
        if self._missed is not None:
            raise Unavailable(self._missed)
        return came

    def give(self, event: Heard) -> None:
        """Hand over an event."""
        if len(self._came) >= _MOST_WAITING:
            self.miss("events came faster than they were taken")
            return
        self._came.append(event)
        self._woken.set()

    def miss(self, why: str) -> None:
        """Say that events may not have come here."""
        self._missed = why
        self._woken.set()


class Feed:
    """Reads the events of services from a queue of this process alone, and hands them to its listeners.

    The queue is bound to the services' exchanges for the first listener. It is unbound when an event comes to which nobody
    listens any more: a process without listeners has nothing to read. `bound` is set while events come.
    """

    def __init__(self, url: str, sources: Collection[str]) -> None:
        self._sources = sorted(sources)
        self.bound = Event()
        self._listeners: set[Listener] = set()
        # exclusive: it ends with its connection, and nobody else reads it
        self._queue = Queue(f"feed.{uuid4().hex}", durable=False, exclusive=True, auto_delete=True)
        self.link = Link(
            url,
            "feed",
            declare=self._declare,
            subscriptions=[Subscription(self._queue, self._on_message, prefetch=_PREFETCH, no_ack=True)],
            on_lost=self._lost,
        )

    @contextmanager
    def listen(self, wants: Wants) -> Iterator[Listener]:
        """Hear events of the types that are wanted, for the length of a block; raise Unavailable without a broker."""
        if not self.link.ready.is_set():
            raise Unavailable("the message broker does not answer")
        listener = Listener(wants)
        self._listeners.add(listener)
        try:
            self._bind()
            yield listener
        finally:
            self._listeners.discard(listener)

    @property
    def listeners(self) -> int:
        """How many listen."""
        return len(self._listeners)

    def stop(self) -> None:
        """Stop reading; every listener is told."""
        self.link.stop()
        self._tell_missed("the process is stopping")

    def hand_out(self, message: Message) -> None:
        """Give an event to those who want it."""
        kind = message.headers.get(f"{PREFIX}type")
        interested = [one for one in list(self._listeners) if isinstance(kind, str) and one.wants(kind)]
        if not interested:
            return
        try:
            event = read_message(message)
        except Undecodable as error:  # who owns a copy of it parks it; here it concerns nobody
            log.warning("feed.undecodable", error=str(error))
            return
        for listener in interested:
            listener.give(event)

    def _declare(self, channel: Any) -> None:
        self._queue(channel).declare()
        for source in self._sources:
            events_exchange(source)(channel).declare()

    def _bind(self) -> None:
        """Let events come, if they do not; raise Unavailable where the broker does not say that they do."""
        if self.bound.is_set():
            return
        self.link.bind(self._queue.name, self._exchanges)
        # a channel does one thing after another: when this arrives, the queue is bound
        self.link.publish(b"", exchange="", routing_key=self._queue.name, headers={_BOUND: True}, properties={})
        if not self.bound.wait(_PATIENCE):
            raise Unavailable("the message broker does not answer")

    @property
    def _exchanges(self) -> list[str]:
        return [events_exchange(source).name for source in self._sources]

    def _on_message(self, message: Any) -> None:
        if _BOUND in message.headers:
            self.bound.set()
        elif self._listeners:
            body = message.body
            self.hand_out(Message(headers=dict(message.headers), body=body.encode() if isinstance(body, str) else body))
        elif self.bound.is_set():
            self.bound.clear()
            self.link.unbind(self._queue.name, self._exchanges)

    def _lost(self) -> None:
        self.bound.clear()
        self._tell_missed("the connection to the message broker was lost")

    def _tell_missed(self, why: str) -> None:
        for listener in list(self._listeners):
            listener.miss(why)
