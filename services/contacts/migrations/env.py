"""Runs the migrations of contacts."""

from chassis.store.migrate import run_migrations

run_migrations()
