"""A whole system behind the gateway, on SQLite."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from chassis.settings import Settings
from chassis.store.database import Database
from tests.gateway.system import System, present_services
from tests.support.databases import SqliteBackend, opened


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> SqliteBackend:
    """Databases of a system that has begun: each service has what it begins with, and has heard of the others."""
    folder = tmp_path_factory.mktemp("gateway")
    backend = SqliteBackend(folder)
    with _databases(backend) as databases:
        System(_settings(folder), databases)
        for database in databases.values():
            backend.keep(database)
    return backend


@contextmanager
def _databases(backend: SqliteBackend) -> Iterator[dict[str, Database]]:
    with ExitStack() as stack:
        yield {
            name: stack.enter_context(
                opened(backend, name, importlib.import_module(f"services.{name}.storage.tables").metadata)
            )
            for name in present_services()
        }


def _settings(folder: Path) -> Settings:
    return Settings(_env_file=None, data_dir=folder, dev_issuer=True, http_body_limit=64 * 1024)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with the development issuer."""
    return _settings(tmp_path)


@pytest.fixture
def system(begun: SqliteBackend, settings: Settings) -> Iterator[System]:
    """The gateway over the real services."""
    with _databases(begun) as databases:
        yield System(settings, databases, goes_on=True)
