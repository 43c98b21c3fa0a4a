"""Tables that are filled anew beside the live ones, which serve meanwhile, and take their place in one transaction.

On PostgreSQL they stand in a schema of their own and move from there, with their indexes and constraints. On SQLite, where
no index ever leaves its file or changes its name, they stand in a file of their own and their rows are copied.
"""

from __future__ import annotations

import fcntl
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPIConnection

from chassis.errors import Contended
from chassis.store.database import Database, Transaction

_NAME = "beside"
_ALONE = 0x626573696465  # "beside": the advisory lock; each service has a database of its own
_TAKEN = "the same service's projections are being rebuilt already; wait for that, or stop it"
_LOCK_PATIENCE = "500ms"
"""How long a swap waits for a lock; less than PostgreSQL's deadlock_timeout, lest a reader be undone instead of it."""


class Beside(ABC):
    """A place beside the live tables; `database` has the given tables there, empty, and those of the chassis."""

    database: Database

    def __init__(self, live: Database, tables: Sequence[sa.Table]) -> None:
        self.live = live
        self.tables = tables

    def create(self) -> None:
        """Make the tables."""
        own = self.database.tables
        chassis = [getattr(own, name) for name in type(own).__dataclass_fields__]
        with self.database.transaction() as tx:
            self.live.metadata.create_all(tx.connection, tables=[*chassis, *self.tables], checkfirst=False)

    @abstractmethod
    def settle(self) -> None:
        """Make what was filled quick to read, before it is to be read."""

    @abstractmethod
    def swapping(self) -> AbstractContextManager[Transaction]:
        """Open the live database's transaction in which `swap` may be called; one that has to wait raises Contended."""

    @abstractmethod
    def swap(self, tx: Transaction) -> None:
        """Put the tables in the place of the live ones, which are gone with the commit."""

    @abstractmethod
    def drop(self) -> None:
        """Remove the place with all that is there."""


@contextmanager
def beside(live: Database, tables: Sequence[sa.Table]) -> Iterator[Beside]:
    """Make a place beside the live tables for the length of a block; raise Contended if somebody else has one.

    What an earlier one left, whose process was killed, is removed first.
    """
    kind: type[_File | _Schema] = _File if live.is_sqlite else _Schema
    with kind.alone(live):
        place = kind(live, tables)
        place.drop()
        place.create()
        try:
            yield place
        finally:
            place.database.close()
            place.drop()


class _Schema(Beside):
    """A schema of a PostgreSQL database."""

    def __init__(self, live: Database, tables: Sequence[sa.Table]) -> None:
        super().__init__(live, tables)
        url = live.engine.url.render_as_string(hide_password=False)
        self.database = Database(live.service, url, live.metadata, enterprise=live.enterprise, pool=2)
        sa.event.listen(self.database.engine, "connect", _look_beside)

    @staticmethod
    @contextmanager
    def alone(live: Database) -> Iterator[None]:
        """Keep others away."""
        with live.session() as session:
            if not session.execute(sa.select(sa.func.pg_try_advisory_lock(_ALONE))).scalar():
                raise Contended(_TAKEN)
            try:
                yield
            finally:
                session.invalidate()  # closes it, and with it the lock goes

    def create(self) -> None:
        with self.live.transaction() as tx:
            tx.connection.exec_driver_sql(f"CREATE SCHEMA {_NAME}")
        super().create()

    def settle(self) -> None:
        with self.database.session() as connection:
            for table in self.tables:
                connection.exec_driver_sql(f"VACUUM (ANALYZE) {_quoted(connection, table)}")

    @contextmanager
    def swapping(self) -> Iterator[Transaction]:
        with self.live.transaction() as tx:
            try:
                tx.connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_LOCK_PATIENCE}'")
                # a retry holds a message while it writes to the tables: none may be under way
                tx.connection.exec_driver_sql(
                    f"LOCK TABLE {_quoted(tx.connection, tx.tables.parked)} IN EXCLUSIVE MODE"
                )
                yield tx
            except sa.exc.OperationalError as error:
                if getattr(error.orig, "pgcode", None) != "55P03":  # lock_not_available
                    raise
                raise Contended("the tables are read or written without a pause") from error

    def swap(self, tx: Transaction) -> None:
        connection = tx.connection
        schema = connection.dialect.identifier_preparer.quote(connection.execute(sa.func.current_schema()).scalar_one())
        names = sorted(_quoted(connection, table) for table in self.tables)
        live = ", ".join(f"{schema}.{name}" for name in names)
        connection.exec_driver_sql(f"LOCK TABLE {live} IN ACCESS EXCLUSIVE MODE")
        grants = [_grants(connection, schema, name) for name in names]
        connection.exec_driver_sql(f"DROP TABLE {live}")
        for name in names:
            connection.exec_driver_sql(f"ALTER TABLE {_NAME}.{name} SET SCHEMA {schema}")
        for grant in (grant for found in grants for grant in found):
            connection.exec_driver_sql(grant)

    def drop(self) -> None:
        with self.live.transaction() as tx:
            tx.connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {_NAME} CASCADE")


def _look_beside(connection: DBAPIConnection, _record: object) -> None:
    # only there: a reaction that touched a table which is not rebuilt would change the live one
    cursor = connection.cursor()
    cursor.execute(f"SET search_path TO {_NAME}")
    cursor.execute("SET synchronous_commit TO off")  # what a crash takes is built again
    cursor.close()
    connection.commit()


def _quoted(connection: sa.Connection, table: sa.Table) -> str:
    return str(connection.dialect.identifier_preparer.quote(table.name))


def _grants(connection: sa.Connection, schema: str, name: str) -> list[str]:
    """Write down what others may do with a live table, so that they may with the one that takes its place."""
    held = sa.text(
        "SELECT format('GRANT %s ON %s TO %s%s', a.privilege_type, c.oid::regclass,"
        " CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END,"
        " CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)"
        " FROM pg_class c, aclexplode(c.relacl) a WHERE c.oid = CAST(:name AS regclass) AND a.grantee <> c.relowner"
    )
    return list(connection.execute(held, {"name": f"{schema}.{name}"}).scalars())


class _File(Beside):
    """A SQLite file beside the live one."""

    def __init__(self, live: Database, tables: Sequence[sa.Table]) -> None:
        super().__init__(live, tables)
        self._file = _file_beside(live)
        url = f"sqlite:///{self._file}"
        self.database = Database(live.service, url, live.metadata, enterprise=live.enterprise)

    @staticmethod
    @contextmanager
    def alone(live: Database) -> Iterator[None]:
        """Keep others away."""
        with _file_beside(live).with_suffix(".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Contended(_TAKEN) from None
            yield

    def settle(self) -> None:
        """Nothing: rows are copied."""

    @contextmanager
    def swapping(self) -> Iterator[Transaction]:
        url = self.live.engine.url.render_as_string(hide_password=False)
        both = Database(self.live.service, url, self.live.metadata, enterprise=self.live.enterprise)
        sa.event.listen(both.engine, "connect", self._attach)
        try:
            with both.transaction() as tx:
                yield tx
        finally:
            both.close()

    def _attach(self, connection: DBAPIConnection, _record: object) -> None:
        connection.cursor().execute(f"ATTACH ? AS {_NAME}", (str(self._file),))

    def swap(self, tx: Transaction) -> None:
        there = sa.MetaData()
        for table in self.tables:
            columns = table.to_metadata(there, schema=_NAME).c
            tx.connection.execute(table.delete())
            tx.connection.execute(table.insert().from_select(columns.keys(), sa.select(*columns)))

    def drop(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self._file}{suffix}").unlink(missing_ok=True)


def _file_beside(live: Database) -> Path:
    return Path(live.engine.url.database or "").with_suffix(f".{_NAME}.sqlite3")
