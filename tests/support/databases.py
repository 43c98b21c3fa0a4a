"""Fresh, migrated databases of a service, made quickly: migrated once a session, then copied for each test."""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa

from chassis.store.database import Database
from chassis.store.migrate import migrate
from tests.support.postgres import Postgres

ROOT = Path(__file__).parents[2]


class OpenDatabase(Protocol):
    """The fixture `open_database`: makes a service's database, fresh and migrated, closed and dropped after the test."""

    def __call__(self, service: str, metadata: sa.MetaData, migrations: Path | None = None) -> Database: ...


class Backend(Protocol):
    """A kind of database to test on."""

    def open(self, service: str, metadata: sa.MetaData, migrations: Path) -> Database:
        """Make a database of its own."""

    def close(self, database: Database) -> None:
        """Close and remove it."""

    def end(self) -> None:
        """Remove what was made for the whole session."""


def migrations_of(service: str) -> Path:
    """Tell where a service's migrations are."""
    return ROOT / "services" / service / "migrations"


class SqliteBackend:
    """SQLite files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._templates: dict[Path, Path] = {}

    def open(self, service: str, metadata: sa.MetaData, migrations: Path) -> Database:
        """Make a database of its own."""
        if migrations not in self._templates:
            self._templates[migrations] = self._migrated(service, metadata, migrations)
        file = self._folder / f"{service}-{secrets.token_hex(4)}.sqlite3"
        shutil.copyfile(self._templates[migrations], file)
        return Database(service, f"sqlite:///{file}", metadata)

    def _migrated(self, service: str, metadata: sa.MetaData, migrations: Path) -> Path:
        file = self._folder / f"template-{service}-{len(self._templates)}.sqlite3"
        database = Database(service, f"sqlite:///{file}", metadata)
        migrate(database, migrations)
        with database.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")  # a checkpoint stands outside of transactions
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")
        database.close()
        return file

    def close(self, database: Database) -> None:
        """Close and remove it."""
        database.close()
        for file in self._folder.glob(Path(database.engine.url.database or "").name + "*"):
            file.unlink()

    def end(self) -> None:
        """Remove what was made for the whole session: pytest removes its folder itself."""


class PostgresBackend:
    """Databases of a PostgreSQL server."""

    def __init__(self, server: Postgres) -> None:
        self._server = server
        self._prefix = f"crm_test_{os.getpid()}_{secrets.token_hex(3)}"
        self._templates: dict[Path, str] = {}

    def open(self, service: str, metadata: sa.MetaData, migrations: Path) -> Database:
        """Make a database of its own."""
        if migrations not in self._templates:
            self._templates[migrations] = self._migrated(service, metadata, migrations)
        name = f"{self._prefix}_{service}_{secrets.token_hex(4)}"
        return Database(service, self._server.create(name, template=self._templates[migrations]), metadata)

    def _migrated(self, service: str, metadata: sa.MetaData, migrations: Path) -> str:
        name = f"{self._prefix}_{service}_template{len(self._templates)}"
        database = Database(service, self._server.create(name), metadata)
        migrate(database, migrations)
        database.close()
        return name

    def close(self, database: Database) -> None:
        """Close and remove it."""
        database.close()
        self._server.drop(database.engine.url.database or "")

    def end(self) -> None:
        """Remove what was made for the whole session."""
        for name in self._templates.values():
            self._server.drop(name)
