"""The relay with pipelined confirms against one confirm at a time, the database included in both."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import eventlet

from benchmarks.figures import Figure, Figures
from chassis.bus.link import Link
from chassis.bus.relay import Outbox, Relay
from chassis.bus.topology import Topology
from chassis.clock import utc_now
from chassis.events import Published
from chassis.ids import new_id
from chassis.store.database import Database
from chassis.store.tables import service_metadata

_EVENTS, _ROUNDS = 2000, 5


@dataclass(frozen=True, kw_only=True)
class Ticked(Published, type="clock.ticked", subject="clock_id"):
    """An event of the usual size."""

    clock_id: UUID
    note: str = "x" * 400


class OneByOne(Relay):
    """The same relay, waiting for the confirm of each event before it sends the next."""

    class _Link(Link):
        def publish_confirmed(self, messages: Sequence[tuple[bytes, dict[str, Any]]], patience: float = 5.0) -> None:
            for message in messages:
                super().publish_confirmed([message], patience)

    def __init__(self, database: Database, url: str, topology: Topology) -> None:
        super().__init__(database, url, topology)
        self.link.__class__ = self._Link


def bench_relay(amqp_url: str, database_url: str) -> Figures:
    """Measure both in turn; give events/s of each and the ratio."""
    database = Database("clock", database_url, service_metadata())
    database.metadata.create_all(database.engine)
    topology = Topology(hears={"listener": frozenset({"clock"})}, public={"clock": frozenset({"clock.ticked"})})
    try:
        rounds = [
            (_rate(OneByOne, database, amqp_url, topology), _rate(Relay, database, amqp_url, topology))
            for _ in range(_ROUNDS)
        ]
    finally:
        database.close()
    return {
        "one confirm at a time, events/s": statistics.median(one for one, _ in rounds),
        "pipelined, events/s": statistics.median(many for _, many in rounds),
        "ratio": Figure(value=statistics.median(many / one for one, many in rounds), at_least=4),
    }


def _rate(kind: Callable[[Database, str, Topology], Relay], database: Database, url: str, topology: Topology) -> float:
    clock = new_id(0)
    for start in range(0, _EVENTS, 500):
        with database.transaction() as tx:
            for n in range(start, start + 500):
                tx.emit(Ticked(clock_id=clock, sequence=n, occurred_at=utc_now()))
    relay = kind(database, url, topology)
    link = eventlet.spawn(relay.link.run)
    relay.link.ready.wait(10)
    began = time.perf_counter()
    run = eventlet.spawn(relay.run)
    while Outbox(database).lag().waiting:
        eventlet.sleep(0.01)
    took = time.perf_counter() - began
    relay.stop()
    run.wait()
    link.wait()
    return _EVENTS / took
