"""One service's database, and the transaction in which state and events commit together."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPIConnection

from chassis.actor import SYSTEM, Actor
from chassis.clock import utc_now
from chassis.errors import Contended, Unavailable
from chassis.events import Published
from chassis.ids import new_id
from chassis.settings import Enterprise
from chassis.store import postgres
from chassis.store.tables import ChassisTables
from chassis.telemetry import log
from chassis.wire import encode

_EVENT = 0x000  # the kind in an event's id
_WRITES, _READS = "crm_writes", "crm_reads"
WAKE_CHANNEL = "outbox"


@dataclass
class Reading:
    """What a query reads from, and when."""

    connection: sa.Connection
    now: datetime
    enterprise: Enterprise


@dataclass
class Transaction:
    """All of one command or reaction: what it reads, writes and tells commits together or not at all.

    `actor` is on whose behalf: reactions and timers run for the system itself.
    """

    connection: sa.Connection
    tables: ChassisTables
    now: datetime
    enterprise: Enterprise
    correlation_id: str | None = None
    actor: Actor = SYSTEM
    erases: bool = False
    """Whether what it overwrites and deletes must not be left over in the database's files."""
    _events: list[dict[str, Any]] = field(default_factory=list)

    def emit(self, event: Published) -> None:
        """Put an event into the outbox; it leaves after the commit, in the order of these calls."""
        self._events.append(
            {
                "event_id": new_id(_EVENT),
                "type": event.type,
                "subject": event.subject_id,
                "sequence": event.sequence,
                "occurred_at": event.occurred_at,
                "recorded_at": self.now,
                "data": event.body().decode(),
                "correlation_id": self.correlation_id,
            }
        )

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Bound a part that may fail by itself: what it wrote and told is undone, the rest of the transaction stays."""
        told = len(self._events)
        try:
            with self.connection.begin_nested():
                yield
                if _sends_ahead(self.connection):
                    postgres.catch_up(self.connection)  # what fails only as the part ends could no longer be undone
        except BaseException:
            del self._events[told:]
            raise

    def schedule(self, name: str, key: str, due_at: datetime, data: object = None) -> None:
        """Set the timer `name` for `key`; one that stands for the same key is moved."""
        if self.connection.dialect.name == "postgresql":
            from sqlalchemy.dialects.postgresql import insert
        else:
            from sqlalchemy.dialects.sqlite import insert  # type: ignore[assignment]
        which = {"name": name, "key": key}
        when = {"due_at": due_at, "data": encode(data).decode(), "attempts": 0, "reason": None}
        statement = insert(self.tables.timers).values(**which, **when)
        self.connection.execute(statement.on_conflict_do_update(index_elements=list(which), set_=when))

    def cancel(self, name: str, key: str) -> None:
        """Take a timer away, if it stands."""
        timers = self.tables.timers
        self.connection.execute(timers.delete().where(timers.c.name == name, timers.c.key == key))

    def insert(self, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert rows as `insert` of this module does."""
        insert(self.connection, _plain_insert(table), rows)

    def update(self, table: sa.Table, row: Mapping[str, Any], *, by: str = "id") -> None:
        """Give a row, which has to be there, these values, as `insert` does; `by` names the column that tells it."""
        if _sends_ahead(self.connection):
            postgres.update_ahead(self.connection, table, row, by)
        else:
            new = {name: value for name, value in row.items() if name != by}
            self.connection.execute(table.update().where(table.c[by] == row[by]).values(new))

    def flush(self) -> bool:
        """Write the events to the outbox; tell whether there were any."""
        if not self._events:
            return False
        self.insert(self.tables.outbox, self._events)
        self._events.clear()
        return True


def insert(connection: sa.Connection, statement: sa.Insert, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that name the same columns, without waiting for it where the database lets us.

    `statement` is made once, has no values, and may say what is done about conflicts. It happens before whatever is
    executed next; what fails of it fails there, or at the commit.
    """
    if rows and _sends_ahead(connection):
        postgres.insert_ahead(connection, statement, rows)
    elif rows:
        connection.execute(statement, rows)


def send(connection: sa.Connection, statement: sa.Insert | sa.Update, values: Mapping[str, Any]) -> None:
    """Execute a statement that is made once, of texts and numbers, as `insert` does."""
    if _sends_ahead(connection):
        postgres.execute_ahead(connection, statement, values)
    else:
        connection.execute(statement, values)


@cache
def _plain_insert(table: sa.Table) -> sa.Insert:
    return table.insert()


def _sends_ahead(connection: sa.Connection) -> bool:
    return connection.dialect.name == "postgresql"


_UNDONE = ("40P01", "40001")  # deadlock_detected, serialization_failure

_NOTIFY = f"NOTIFY {WAKE_CHANNEL}"


class Database:
    """The database of one service.

    `on_outbox` is called after each commit that put events into the outbox: it wakes the relay in this process. Where
    that one does not lead, `wakes_others`: the commit wakes the relay that does, in another process.
    """

    def __init__(
        self, service: str, url: str, metadata: sa.MetaData, *, enterprise: Enterprise | None = None, pool: int = 10
    ) -> None:
        self.service = service
        self.metadata = metadata
        self.tables = ChassisTables.of(metadata)
        self.enterprise = enterprise or Enterprise()
        self.on_outbox: Callable[[], None] = lambda: None
        self.wakes_others = True
        self.engine = _engine(url, pool)
        self._closed = False
        sa.event.listen(self.engine, "checkin", self._after_use)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        # SQLite has one writer; waiting here lets other green threads run, waiting inside SQLite would stop them all
        self._writer: Any = threading.RLock() if self.is_sqlite else nullcontext()
        self._for_writing = self.engine.execution_options(**{_WRITES: True})
        self._for_reading = self.engine.execution_options(**{_READS: True})

    @contextmanager
    def transaction(self, *, correlation_id: str | None = None, actor: Actor = SYSTEM) -> Iterator[Transaction]:
        """Open a transaction; it commits at the end of the block and is rolled back by an exception."""
        with _connection_errors(), self._writer:
            with self._for_writing.begin() as connection:
                tx = Transaction(connection, self.tables, utc_now(), self.enterprise, correlation_id, actor)
                yield tx
                told = tx.flush()
                if told and self.wakes_others and not self.is_sqlite:
                    postgres.send_ahead(connection, _NOTIFY)
            if tx.erases:
                self._leave_no_trace()
        if told:
            self.on_outbox()

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """Open a connection for queries; each statement sees what is committed when it starts."""
        with _connection_errors(), self._for_reading.connect() as connection:
            yield Reading(connection, utc_now(), self.enterprise)

    def session(self) -> AbstractContextManager[sa.Connection]:
        """Open a connection of PostgreSQL for what stands outside of transactions: locks and LISTEN."""
        return self._for_reading.connect()

    def _leave_no_trace(self) -> None:
        """Bring what was erased out of SQLite's log, where pages stay as they were; PostgreSQL's VACUUM sees to its own."""
        if not self.is_sqlite:
            return
        with self._for_reading.connect() as connection:
            connection.exec_driver_sql("COMMIT")  # a checkpoint stands outside of transactions
            busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar()
            connection.exec_driver_sql("BEGIN")
        if busy:
            log.warning(
                "database.log_kept", service=self.service, reason="somebody reads; the next checkpoint empties it"
            )

    def close(self) -> None:
        """Close all connections; one that is in use closes when its user is done."""
        self._closed = True
        self.engine.dispose()

    def _after_use(self, _connection: DBAPIConnection | None, record: sa.pool.ConnectionPoolEntry) -> None:
        # readers of the bus stop after the storage: what they still use belongs to a pool that nobody will close
        if self._closed:
            record.invalidate()


@contextmanager
def _connection_errors() -> Iterator[None]:
    """Turn the loss of the database into Unavailable, a deadlock into Contended: callers may try again, messages wait."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        if getattr(error.orig, "pgcode", None) in _UNDONE:
            raise Contended("the database undid the transaction, which waited in a ring with others") from error
        if error.connection_invalidated or isinstance(error, sa.exc.OperationalError):
            raise Unavailable(f"the database does not answer: {error.orig}") from error
        raise
    except sa.exc.TimeoutError as error:
        raise Unavailable("no database connection became free in time") from error


def _engine(url: str, pool: int) -> sa.Engine:
    # hide_parameters: what errors quote gets into logs and into the reasons of what is parked; names and phones may not
    if not url.startswith("sqlite"):
        if url.startswith("postgresql://"):
            url = url.replace("postgresql://", "postgresql+psycopg2://", 1)
        engine = sa.create_engine(
            url, pool_size=pool, max_overflow=pool, pool_timeout=5, pool_pre_ping=False, pool_use_lifo=True,
            hide_parameters=True,
            connect_args={
                "connect_timeout": 5, "application_name": "crm", "connection_factory": postgres.Connection,
            },
        )  # fmt: skip
        sa.event.listen(engine, "connect", _postgres_connect)
        sa.event.listen(engine, "begin", _postgres_begin)
        return engine
    file = sa.make_url(url).database
    if file:
        Path(file).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(
        url,
        connect_args={"check_same_thread": False, "timeout": 30},
        pool_size=pool,
        max_overflow=-1,
        hide_parameters=True,
    )
    sa.event.listen(engine, "connect", _sqlite_connect)
    sa.event.listen(engine, "begin", _sqlite_begin)
    return engine


def _postgres_connect(connection: DBAPIConnection, _record: object) -> None:
    # to compile a statement takes longer than most take to run, also those that read millions of rows; these need room
    # to put their hashes and sorts in, or they go through files
    with closing(connection.cursor()) as cursor:
        cursor.execute("SET jit = off; SET work_mem = '32MB'")


def _postgres_begin(connection: sa.Connection) -> None:
    if not connection.get_execution_options().get(_READS):
        postgres.begin(connection)


def _sqlite_connect(connection: DBAPIConnection, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun by us, below
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "busy_timeout=30000",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _sqlite_begin(connection: sa.Connection) -> None:
    # IMMEDIATE takes the write lock at once: a read that becomes a write would fail instead of waiting
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
