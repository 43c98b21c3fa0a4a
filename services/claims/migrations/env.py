"""Alembic's entry to the migrations of claims."""

from chassis.store.migrate import run_migrations

run_migrations()
