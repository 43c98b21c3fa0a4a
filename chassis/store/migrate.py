"""Bringing a database to the current tables with alembic, one migration folder per service."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command, context
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from chassis.store.database import Database


def migrate(database: Database, folder: Path, revision: str = "head") -> None:
    """Bring the database up to a migration of a folder, the newest if not said otherwise."""
    with database.engine.connect() as connection:
        command.upgrade(_config(folder, connection, database.metadata), revision)


def differences(database: Database) -> list[object]:
    """Tell in what the database differs from its tables; empty when the migrations say the same as the code."""
    with database.engine.connect() as connection:
        return list(
            compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), database.metadata)
        )


def is_current(database: Database, folder: Path) -> bool:
    """Tell whether the database is at the newest migration of a folder."""
    with database.engine.connect() as connection:
        newest = ScriptDirectory.from_config(_config(folder, connection, database.metadata)).get_heads()
        return set(MigrationContext.configure(connection).get_current_heads()) == set(newest)


def new_revision(database: Database, folder: Path, message: str) -> None:
    """Write a migration for what has changed in the tables since the database's revision."""
    with database.engine.connect() as connection:
        command.revision(_config(folder, connection, database.metadata), message=message, autogenerate=True)


def run_migrations() -> None:
    """Run what alembic was asked for: the whole of a service's `migrations/env.py`."""
    connection: sa.Connection = context.config.attributes["connection"]
    metadata: sa.MetaData = context.config.attributes["metadata"]
    context.configure(
        connection=connection,
        target_metadata=metadata,
        compare_type=True,
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()


def _config(folder: Path, connection: sa.Connection, metadata: sa.MetaData) -> Config:
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes.update(connection=connection, metadata=metadata)
    return config
