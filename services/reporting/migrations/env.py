"""Alembic's entry: the chassis runs what it was asked for."""

from chassis.store.migrate import run_migrations

run_migrations()
