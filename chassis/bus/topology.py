"""Exchanges and queues: who publishes where, and who hears whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kombu import Exchange, Queue

from chassis.bus.transport import EmbeddedChannel

PUBLIC_EXCHANGE = "crm.events"
"""What other systems may read."""


def events_exchange(service: str) -> Exchange:
    """The durable topic exchange on which a service publishes its events."""
    return Exchange(f"{service}.events", type="topic", durable=True)


def rpc_queue(service: str) -> Queue:
    """The queue of requests to a service; requests carry their own time to live."""
    return Queue(f"rpc.{service}", durable=True)


def inbox_queue(service: str, arguments: Mapping[str, Any]) -> Queue:
    """The queue of events for a service: replicated, one replica of the service reading at a time, in order."""
    return Queue(f"{service}.inbox", durable=True, queue_arguments=dict(arguments))


@dataclass(frozen=True, kw_only=True)
class Topology:
    """Of each service, the services that it hears and the types of event that it shows to other systems."""

    hears: Mapping[str, frozenset[str]] = field(default_factory=dict)
    public: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def declare(self, channel: Any) -> None:
        """Declare everything, so that no event can be published before whoever is to hear it has a queue.

        An inbox takes all events of a source, also those it has no reaction for: positions then have no gaps, and an
        event that no queue takes is a fault that the relay sees.
        """
        sources = set(self.public) | {source for heard in self.hears.values() for source in heard}
        for source in sorted(sources):
            events_exchange(source)(channel).declare()
        for service, heard in sorted(self.hears.items()):
            rpc_queue(service)(channel).declare()  # requests wait for a service that is still starting
            if not heard:
                continue
            queue = inbox_queue(service, inbox_arguments(channel))(channel)
            queue.declare()
            for source in sorted(heard):
                queue.bind_to(exchange=f"{source}.events", routing_key="#")
        self._declare_public(channel)

    def _declare_public(self, channel: Any) -> None:
        if isinstance(channel, EmbeddedChannel):
            return  # other systems do not reach into this process, and it cannot bind exchanges to each other
        public = Exchange(PUBLIC_EXCHANGE, type="topic", durable=True)(channel)
        public.declare()
        for source, types in sorted(self.public.items()):
            for kind in sorted(types):
                public.bind_to(exchange=f"{source}.events", routing_key=kind)


def inbox_arguments(channel: Any) -> dict[str, Any]:
    """Give the arguments of an inbox queue on this broker."""
    if isinstance(channel, EmbeddedChannel):
        return {}
    arguments: dict[str, Any] = {"x-queue-type": "quorum", "x-single-active-consumer": True}
    version = str(channel.connection.server_properties.get("version", "0"))
    if int(version.split(".", maxsplit=1)[0]) >= 4:
        arguments["x-delivery-limit"] = -1  # from 4.0 on a message would be dropped after 20 deliveries
    return arguments
