"""Fresh, migrated databases of a service, made quickly: migrated once a session, then copied for each test."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import psycopg2
import sqlalchemy as sa

from chassis.store.database import Database
from chassis.store.migrate import migrate
from tests.support.postgres import Postgres
from tests.support.statements import sharing

ROOT = Path(__file__).parents[2]
PRISTINE = Path(__file__).with_name("pristine.sql")


class OpenDatabase(Protocol):
    """The fixture `open_database`: makes a service's database, fresh and migrated, closed and dropped after the test."""

    def __call__(self, service: str, metadata: sa.MetaData, migrations: Path | None = None) -> Database: ...


class Backend(Protocol):
    """A kind of database to test on."""

    def open(self, service: str, metadata: sa.MetaData, migrations: Path) -> Database:
        """Make a database of its own."""

    def renew(self, database: Database) -> None:
        """Make it as it was when it was opened; what was compiled for it stays, which most of a short example goes into."""

    def close(self, database: Database) -> None:
        """Close and remove it."""


@contextmanager
def opened(backend: Backend, service: str, metadata: sa.MetaData) -> Iterator[Database]:
    """Have a database for the length of a block: for each of many examples in one test, say."""
    database = backend.open(service, metadata, migrations_of(service))
    try:
        yield database
    finally:
        backend.close(database)


def migrations_of(service: str) -> Path:
    """Tell where a service's migrations are."""
    return ROOT / "services" / service / "migrations"


def contents(database: Database) -> dict[str, list[Any]]:
    """Give all that is stored, by table, as the database writes it down: to be compared, at the cost of one statement."""
    tables = database.metadata.tables
    with database.reading() as reading:
        driver = reading.connection.connection.cursor()
        if database.is_sqlite:
            return {name: driver.execute(f"SELECT * FROM {name}").fetchall() for name in tables}
        driver.execute("SELECT " + ", ".join(f"ARRAY(SELECT row::text FROM {name} AS row)" for name in tables))
        (row,) = driver.fetchall()
        return dict(zip(tables, row, strict=True))


class SqliteBackend:
    """SQLite files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._templates: dict[Path, Path] = {}
        self._in_use: dict[Database, Path] = {}
        """The template of each database that a test has."""

    def open(self, service: str, metadata: sa.MetaData, migrations: Path) -> Database:
        """Make a database of its own."""
        if migrations not in self._templates:
            self._templates[migrations] = self._migrated(service, metadata, migrations)
        file = self._folder / f"{service}-{secrets.token_hex(4)}.sqlite3"
        database = Database(service, sharing(f"sqlite:///{file}"), metadata)
        self._in_use[database] = self._templates[migrations]
        self.renew(database)
        return database

    def _migrated(self, service: str, metadata: sa.MetaData, migrations: Path) -> Path:
        file = self._folder / f"template-{service}-{len(self._templates)}.sqlite3"
        database = Database(service, sharing(f"sqlite:///{file}"), metadata)
        migrate(database, migrations)
        _write_out(database)
        database.close()
        return file

    def renew(self, database: Database) -> None:
        """Make it as it was when it was opened."""
        database.engine.dispose()  # the last one to leave takes the log away
        shutil.copyfile(self._in_use[database], database.engine.url.database or "")

    def keep(self, database: Database) -> None:
        """Let the databases made like it from now on begin with what it holds."""
        _write_out(database)
        shutil.copyfile(database.engine.url.database or "", self._in_use[database])

    def close(self, database: Database) -> None:
        """Close and remove it."""
        database.close()
        del self._in_use[database]
        for file in self._folder.glob(Path(database.engine.url.database or "").name + "*"):
            file.unlink()


def _write_out(database: Database) -> None:
    """Bring all that a database of SQLite holds into its one file."""
    with database.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")  # a checkpoint stands outside of transactions
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")


class PostgresBackend:
    """Databases of a PostgreSQL server, emptied after a test and used again: making one takes longer than most tests.

    Only where they are to be `durable` does what was committed outlive a crash of the server, which costs time.
    """

    def __init__(self, server: Postgres, *, durable: bool = False) -> None:
        self._server = server
        self._durable = durable
        self._prefix = f"crm_test_{os.getpid()}_{secrets.token_hex(3)}"
        self._templates: dict[tuple[str, Path | None], str] = {}
        self._idle: dict[str, list[str]] = {}
        self._in_use: dict[str, str] = {}
        """The template of each database that a test has."""
        self._emptying: dict[str, psycopg2.extensions.connection] = {}
        """A connection to each database that stays open: a new one would have to read the catalogue first."""

    def open(self, service: str, metadata: sa.MetaData, migrations: Path | None = None) -> Database:
        """Make a database of its own, by migrations, or of the tables as they are where there are none."""
        if (service, migrations) not in self._templates:
            self._templates[service, migrations] = self._made(service, metadata, migrations)
        template = self._templates[service, migrations]
        idle = self._idle.setdefault(template, [])
        name = idle.pop() if idle else self._copied(service, template)
        self._in_use[name] = template
        return Database(service, sharing(self._server.url_of(name)), metadata)

    def _made(self, service: str, metadata: sa.MetaData, migrations: Path | None) -> str:
        name = f"{self._prefix}_{service}_template{len(self._templates)}"
        database = Database(service, sharing(self._server.create(name)), metadata)
        if migrations is None:
            metadata.create_all(database.engine)
        else:
            migrate(database, migrations)
        database.close()
        self._server.execute(PRISTINE.read_text(), database=name)
        return name

    def _copied(self, service: str, template: str) -> str:
        name = f"{self._prefix}_{service}_{secrets.token_hex(4)}"
        self._server.create(name, template=template)
        if not self._durable:
            self._server.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = off')
        return name

    def renew(self, database: Database) -> None:
        """Make it as it was when it was opened."""
        with database.engine.begin() as connection:
            assert connection.exec_driver_sql("SELECT pristine.restore()").scalar(), "its tables were changed"
        self._leave(database.engine.url.database or "")  # which was cut off by that

    def close(self, database: Database) -> None:
        """Close it, and keep it for another test if it can be emptied."""
        database.close()
        name = database.engine.url.database or ""
        template = self._in_use.pop(name)
        if self._emptied(name):
            self._idle[template].append(name)
        else:
            self._leave(name)
            self._server.drop(name)

    def _emptied(self, name: str) -> bool:
        try:
            if name not in self._emptying:
                self._emptying[name] = self._server.connect(name)
            with self._emptying[name].cursor() as cursor:
                cursor.execute("SELECT pristine.restore()")
                return cursor.fetchall() == [(True,)]
        except psycopg2.Error:  # somebody still holds a lock, or we are no superuser
            return False

    def _leave(self, name: str) -> None:
        if name in self._emptying:
            self._emptying.pop(name).close()

    def end(self) -> None:
        """Remove what was made for the whole session, unless the server itself goes with it."""
        for name in list(self._emptying):
            self._leave(name)
        if not self._server.can_stop:
            for name in (*self._templates.values(), *(name for names in self._idle.values() for name in names)):
                self._server.drop(name)
