"""The relay: carries events from the outbox to the bus, in order, at least once, for ever.

A position is given and committed before its event is published, so that a crash in between publishes the same event at
the same position again and consumers know it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import Event
from time import monotonic
from typing import Any

import eventlet
import sqlalchemy as sa
from eventlet.hubs import trampoline

from chassis.bus.envelope import Message, event_headers
from chassis.bus.link import Link
from chassis.bus.topology import Topology, events_exchange
from chassis.clock import utc_now
from chassis.errors import Unavailable
from chassis.events import Heard
from chassis.store.database import WAKE_CHANNEL, Database
from chassis.telemetry import log
from chassis.wire import decode

_LEADER = 0x6F7574626F78  # "outbox": the advisory lock; each service has a database of its own
_PAUSE = 1.0  # seconds after a failure, and between tries to lead

_PLACE = (
    "WITH fresh AS (SELECT id, row_number() OVER (ORDER BY id) AS n FROM"
    " (SELECT id FROM outbox WHERE position IS NULL ORDER BY id LIMIT :size) AS unplaced)"
    " UPDATE outbox SET position = :last + fresh.n FROM fresh WHERE outbox.id = fresh.id RETURNING "
)


def message_of(service: str, row: sa.Row[Any]) -> Message:
    """Give a row of the outbox as it goes over the bus."""
    headers = event_headers(
        event_id=str(row.event_id),
        source=service,
        type=row.type,
        subject=str(row.subject),
        occurred_at=row.occurred_at,
        recorded_at=row.recorded_at,
        sequence=row.sequence,
        position=row.position,
        correlation_id=row.correlation_id,
    )
    return Message(headers=headers, body=row.data.encode())


def heard_of(service: str, row: sa.Row[Any]) -> Heard:
    """Give a row of the outbox as it is heard, without the way over the bus; raise Undecodable if its data is no JSON."""
    return Heard(
        id=str(row.event_id),
        source=service,
        type=row.type,
        position=row.position,
        sequence=row.sequence,
        occurred_at=row.occurred_at,
        recorded_at=row.recorded_at,
        data=decode(row.data),
        correlation_id=row.correlation_id,
    )


@dataclass(frozen=True, kw_only=True)
class Lag:
    """How far the relay is behind: events that wait, and since when the oldest does."""

    waiting: int
    oldest: datetime | None


class Outbox:
    """The relay's side of a service's outbox."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._table = table = database.tables.outbox
        self._place = sa.text(_PLACE + ", ".join(f"outbox.{column.name}" for column in table.c)).columns(*table.c)
        published_to: sa.BindParameter[int] = sa.bindparam("published_to")
        published = sa.and_(table.c.published_at.is_(None), table.c.position <= published_to)
        self._note = table.update().where(published).values(published_at=sa.bindparam("now"))
        self._last: int | None = None  # the last position given; nobody else gives any while we lead

    def take(self, size: int, published_to: int | None = None) -> list[sa.Row[Any]]:
        """Note what was published, then give the next events in order, each with its position."""
        table = self._table
        with self._database.transaction() as tx:
            if published_to is not None:
                tx.connection.execute(self._note, {"published_to": published_to, "now": tx.now})
            if self._last is None:
                self._last = tx.connection.execute(sa.select(sa.func.max(table.c.position))).scalar() or 0
                waiting = sa.select(table).where(table.c.published_at.is_(None), table.c.position.is_not(None))
                again = tx.connection.execute(waiting.order_by(table.c.position).limit(size)).all()
                if again:  # given a position before a crash, perhaps published
                    if len(again) == size:
                        self._last = None
                    return list(again)
            placed = tx.connection.execute(self._place, {"size": size, "last": self._last})
            rows = sorted(placed, key=lambda row: row.position)  # no database promises an order of what it returns
        if rows:
            self._last = rows[-1].position
        return rows

    def forget(self) -> None:
        """Read again where the outbox stands, after a failure or another leader."""
        self._last = None

    def lag(self) -> Lag:
        """Tell how far the relay is behind."""
        table = self._table
        # in the words of the two partial indexes: the log of all that was ever published is not for every look to read
        waits = sa.or_(
            table.c.position.is_(None), sa.and_(table.c.published_at.is_(None), table.c.position.is_not(None))
        )
        with self._database.reading() as reading:
            row = reading.connection.execute(
                sa.select(sa.func.count(), sa.func.min(table.c.recorded_at)).where(waits)
            ).one()
        return Lag(waiting=row[0], oldest=row[1])


class Relay:
    """Publishes a service's outbox; on PostgreSQL one relay leads, the others wait to take over.

    An event that comes after a pause leaves at once; those that follow it within `pace` seconds leave together, so that
    a commit, a wait for confirms and a note that they left serve them all.
    """

    def __init__(
        self,
        database: Database,
        url: str,
        topology: Topology,
        *,
        batch: int = 500,
        poll: float = 1.0,
        pace: float = 0.0,
    ) -> None:
        self._database = database
        self._outbox = Outbox(database)
        self._exchange = events_exchange(database.service).name
        self._batch = batch
        self._poll = poll
        self._pace = pace
        self._woken = Event()
        self._stopping = False
        self.link = Link(url, f"{database.service}.relay", declare=topology.declare, confirm=True)
        database.on_outbox = self._woken.set

    def run(self) -> None:
        """Publish until `stop`."""
        while not self._stopping:
            try:
                with self._leading() as wait:
                    self._outbox.forget()
                    self._publish_all(wait)
            except Unavailable as error:
                log.warning("relay.waits", service=self._database.service, error=str(error))
                eventlet.sleep(_PAUSE)
            except Exception:
                log.exception("relay.failed", service=self._database.service)
                eventlet.sleep(_PAUSE)

    def stop(self) -> None:
        """Stop after the batch under way."""
        self._stopping = True
        self._woken.set()
        self.link.stop()

    def _publish_all(self, wait: Callable[[], None]) -> None:
        published_to: int | None = None
        while not self._stopping:
            if not self.link.ready.wait(self._poll):
                if published_to is not None:  # note it while the broker is away
                    raise Unavailable("the message broker does not answer")
                continue
            self._woken.clear()
            began = monotonic()
            rows = self._outbox.take(self._batch, published_to)
            published_to = None
            if not rows:
                wait()
                continue
            self._publish(rows)
            published_to = rows[-1].position
            if len(rows) < self._batch and not self._stopping:
                eventlet.sleep(max(0.0, began + self._pace - monotonic()))

    def _publish(self, rows: Sequence[sa.Row[Any]]) -> None:
        messages = []
        for row in rows:
            message = message_of(self._database.service, row)
            properties = {"message_id": str(row.event_id), "delivery_mode": 2, "type": row.type}
            where = {
                "exchange": self._exchange,
                "routing_key": row.type,
                "headers": message.headers,
                "properties": properties,
            }
            messages.append((message.body, where))
        self.link.publish_confirmed(messages)

    @contextmanager
    def _leading(self) -> Iterator[Callable[[], None]]:
        """Be the one relay of the service; gives the function that waits for new events or the next look."""
        if self._database.is_sqlite:  # the file has one process
            yield lambda: _wait(self._woken, self._poll)
            return
        with self._database.session() as connection:
            while not connection.execute(sa.select(sa.func.pg_try_advisory_lock(_LEADER))).scalar():
                if self._stopping:
                    raise Unavailable("stopping")
                eventlet.sleep(_PAUSE)
            raw = connection.connection.dbapi_connection
            try:
                connection.exec_driver_sql(f"LISTEN {WAKE_CHANNEL}")
                listener = eventlet.spawn(self._listen, raw)
                self._database.wakes_others = False  # none of the other processes has anything to do
                try:
                    yield lambda: self._wait_leading(listener)
                finally:
                    self._database.wakes_others = True
                    listener.kill()
            finally:
                connection.invalidate()  # closes the session, and with it the lock and the LISTEN

    def _wait_leading(self, listener: Any) -> None:
        if listener.dead:
            raise Unavailable("the relay's database connection was lost")
        _wait(self._woken, self._poll)

    def _listen(self, raw: Any) -> None:
        """Wake the relay when another process commits events; ends when the connection is lost, and the lead with it."""
        while True:
            trampoline(raw.fileno(), read=True)
            raw.poll()
            raw.notifies.clear()
            self._woken.set()


def _wait(woken: Any, seconds: float) -> None:
    woken.wait(seconds)


def lag_seconds(lag: Lag) -> float:
    """Give the age of the oldest waiting event, seconds."""
    return (utc_now() - lag.oldest).total_seconds() if lag.oldest else 0.0
