"""Fixtures for every test: databases on each backend, and the word about what could not be tried."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import structlog

from chassis.store.database import Database
from tests.support import real
from tests.support.databases import Backend, OpenDatabase, PostgresBackend, SqliteBackend, migrations_of

TESTS = Path(__file__).parent

# what services log belongs to the test that made them; structlog's own default draws each traceback with all its values
structlog.configure(
    processors=[
        structlog.stdlib.add_log_level,
        structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
)


@pytest.fixture(scope="session")
def postgres_databases() -> Iterator[PostgresBackend]:
    """Databases on PostgreSQL."""
    backend = PostgresBackend(real.POSTGRES.find())
    yield backend
    backend.end()


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def database_backend(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Backend:
    """The kinds of database that everything is tried on; PostgreSQL where there is one."""
    backend: Backend
    if request.param == "sqlite":
        backend = SqliteBackend(tmp_path_factory.mktemp("databases"))
    else:
        backend = request.getfixturevalue("postgres_databases")
    return backend


@pytest.fixture
def open_database(database_backend: Backend) -> Iterator[OpenDatabase]:
    """Make databases of services: `open_database("deals", metadata)`, on each backend."""
    with ExitStack() as opened:

        def open_one(service: str, metadata: sa.MetaData, migrations: Path | None = None) -> Database:
            database = database_backend.open(service, metadata, migrations or migrations_of(service))
            opened.callback(database_backend.close, database)
            return database

        yield open_one


@pytest.fixture
def amqp_url() -> Iterator[str]:
    """A virtual host of its own on a real broker."""
    broker = real.RABBIT.find()
    url = broker.new_vhost()
    yield url
    broker.drop_vhost(url)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell whoever hands out the tests which servers this worker did not find."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["absent"] = real.absent()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Hear it."""
    real.missed_by_worker(getattr(node, "workeroutput", {}).get("absent", {}))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the servers, and say last of all if there were none."""
    real.close_all()
    line = real.closing_line()
    if line is not None and not hasattr(config, "workeroutput"):
        print(line, flush=True)
