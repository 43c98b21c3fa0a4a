"""A whole system behind the gateway, on SQLite."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from chassis.settings import Settings
from tests.gateway.system import System, present_services
from tests.support.databases import SqliteBackend, migrations_of


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> SqliteBackend:
    """Databases, migrated once."""
    return SqliteBackend(tmp_path_factory.mktemp("gateway"))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with the development issuer."""
    return Settings(_env_file=None, data_dir=tmp_path, dev_issuer=True, http_body_limit=64 * 1024)


@pytest.fixture
def system(sqlite_files: SqliteBackend, settings: Settings) -> Iterator[System]:
    """The gateway over the real services."""
    databases = {}
    for name in present_services():
        metadata = importlib.import_module(f"services.{name}.storage.tables").metadata
        databases[name] = sqlite_files.open(name, metadata, migrations_of(name))
    yield System(settings, databases)
    for database in databases.values():
        sqlite_files.close(database)
