"""Hearing events: one queue of the service, read in order, applied in batches, acknowledged after the commit."""

from __future__ import annotations

from collections import defaultdict
from threading import Event
from time import monotonic
from typing import Any, Literal, overload

from kombu import Queue
from nameko import config
from nameko.extensions import DependencyProvider, SharedExtension

from chassis.bus.envelope import PREFIX, Message
from chassis.bus.link import Link, Subscription
from chassis.bus.storage import storage_of
from chassis.bus.threads import Threads
from chassis.bus.topology import Topology
from chassis.errors import Unavailable
from chassis.settings import Settings
from chassis.store.inbox import BatchReaction, InBatches, Inbox, Reaction
from chassis.telemetry import log

_LEISURE = 0.5  # seconds that what only has to be marked may wait
_PAUSE = 1.0  # seconds between tries while the database is away


class InboxConsumer(SharedExtension):  # type: ignore[misc]
    """Reads the service's inbox queue and hands its messages to the Inbox.

    What comes after a pause is applied at once; what follows within the pace gathers, so that one transaction and one
    acknowledgement serve it all, however evenly it trickles in. The pace is that of the settings, or the service's own
    (`inbox_pace`, seconds) where that is quicker. What the service has no reaction to is only marked, and waits longer for
    company.
    """

    def __init__(self) -> None:
        super().__init__()
        self._reactions: defaultdict[tuple[str, str], list[Reaction]] = defaultdict(list)

    def add(self, source: str, type: str, reaction: Reaction) -> None:
        """Register what is to be done when an event is heard."""
        self._reactions[source, type].append(reaction)

    def setup(self) -> None:
        """Read the settings; nothing is connected yet."""
        settings: Settings = config["settings"]
        topology: Topology = config["topology"]
        self._batch = settings.inbox_batch
        self._pace = min(settings.inbox_pace, getattr(self.container.service_cls, "inbox_pace", settings.inbox_pace))
        self._waiting: list[Any] = []
        self._arrived = Event()
        self._wanted = Event()
        self._filled = Event()
        self._stopping = Event()
        name = f"{self.container.service_name}.inbox"
        self.link = Link(
            settings.amqp_url,
            name,
            declare=topology.declare,
            subscriptions=[Subscription(Queue(name, durable=True), self._on_message, prefetch=3 * self._batch)],
            on_lost=self._forget,
        )

    def start(self) -> None:
        """Start reading and applying."""
        settings: Settings = config["settings"]
        self._inbox = Inbox(storage_of(self.container).database, self._reactions, settings.retry_delays)
        self._threads = Threads(self.container)
        self._reading = Threads(self.container)
        self._reading.spawn("inbox link", self.link.run)
        self._threads.spawn("inbox", self._apply)
        self._threads.spawn("inbox retries", self._retry)

    def stop(self) -> None:
        """Stop after the batch under way; what was not applied stays with the broker."""
        self._stopping.set()
        for waited_for in (self._arrived, self._wanted, self._filled):
            waited_for.set()
        self._threads.join()  # the batch under way is acknowledged before its connection closes
        self.link.stop()
        self._reading.join()

    def _on_message(self, message: Any) -> None:
        self._waiting.append(message)
        self._arrived.set()
        if self._is_wanted(message):
            self._wanted.set()
        if len(self._waiting) >= self._batch:
            self._wanted.set()
            self._filled.set()

    def _is_wanted(self, message: Any) -> bool:
        headers = message.headers or {}
        source, type = headers.get(f"{PREFIX}source"), headers.get(f"{PREFIX}type")
        if not (isinstance(source, str) and isinstance(type, str)):
            return True  # what is no event is parked at once
        return (source.removeprefix("/"), type) in self._reactions

    def _forget(self) -> None:
        self._waiting.clear()  # the broker will deliver them again

    def _apply(self) -> None:
        while not self._stopping.is_set():
            self._arrived.wait()
            if self._waiting and not any(map(self._is_wanted, self._waiting)):
                self._wanted.wait(_LEISURE)
            self._wanted.clear()
            began = monotonic()
            batch, self._waiting[: self._batch] = self._waiting[: self._batch], []
            if not batch:
                self._arrived.clear()
                continue
            if self._receive([Message(headers=dict(m.headers), body=_bytes(m.body)) for m in batch]):
                self._acknowledge(batch)
            self._gather(began + self._pace)

    def _gather(self, until: float) -> None:
        """Let messages come until a moment, or until they are a batch."""
        self._filled.clear()
        if len(self._waiting) < self._batch and not self._stopping.is_set():
            self._filled.wait(max(0.0, until - monotonic()))

    def _receive(self, messages: list[Message]) -> bool:
        """Apply a batch, however long the database is away; tell False when stopping first."""
        while not self._stopping.is_set():
            try:
                self._inbox.receive(messages)
                return True
            except Unavailable as error:
                log.warning("inbox.waits", service=self.container.service_name, error=str(error))
            except Exception:
                log.exception("inbox.failed", service=self.container.service_name)
            self._stopping.wait(_PAUSE)
        return False

    def _acknowledge(self, batch: list[Any]) -> None:
        try:
            if self.link.is_embedded:
                for message in batch:
                    message.ack()
            else:
                batch[-1].ack(multiple=True)
        except Exception as error:  # the connection is gone: they come again and count as handled
            log.info("inbox.ack_failed", error=str(error))

    def _retry(self) -> None:
        while not self._stopping.is_set():
            try:
                if self._inbox.retry_due():
                    continue
            except Unavailable as error:
                log.warning("inbox.retry_waits", error=str(error))
            except Exception:
                log.exception("inbox.retry_failed")
            self._stopping.wait(_PAUSE)


def _bytes(body: Any) -> bytes:
    return body.encode() if isinstance(body, str) else bytes(body)


class Listen(DependencyProvider):  # type: ignore[misc]
    """Binds an event of another service to a reaction of this one."""

    consumer = InboxConsumer()

    def __init__(self, source: str, type: str, reaction: Reaction) -> None:
        super().__init__()
        self.source = source
        self.type = type
        self.reaction = reaction

    def setup(self) -> None:
        """Register the reaction."""
        self.consumer.add(self.source, self.type, self.reaction)


@overload
def listen(source: str, type: str, reaction: Reaction) -> Listen: ...


@overload
def listen(source: str, type: str, reaction: BatchReaction, *, in_batches: Literal[True]) -> Listen: ...


def listen(source: str, type: str, reaction: Any, *, in_batches: bool = False) -> Listen:
    """Say, in a service class, what is done when an event of another service is heard.

    on_partner_merged = listen("contacts", "partner.merged", follow_merged_partner)
    on_deal_won = listen("deals", "deal.won", record_deal_facts, in_batches=True)

    `in_batches`: the reaction gets all that it is to hear of one transaction at once (InBatches says how).
    """
    return Listen(source, type, InBatches(reaction) if in_batches else reaction)


def reactions_of(service_class: type) -> dict[tuple[str, str], list[Reaction]]:
    """Give the reactions that a service class declares, by source and type; those in batches are InBatches."""
    found: defaultdict[tuple[str, str], list[Reaction]] = defaultdict(list)
    for value in vars(service_class).values():
        if isinstance(value, Listen):
            found[value.source, value.type].append(value.reaction)
    return dict(found)
