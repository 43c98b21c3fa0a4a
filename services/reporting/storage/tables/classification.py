"""Runs of the classification of clients: records of what was found at a time, which no replay brings back."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import Json, UtcDateTime
from services.reporting.storage.tables.schema import metadata

classification_runs = sa.Table(
    "classification_runs",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("as_of", UtcDateTime, nullable=False),
    sa.Column("known_at", UtcDateTime, nullable=False),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
    sa.Column("scheduled", sa.Boolean, nullable=False),
    sa.Column("first_day", sa.Date, nullable=False),
    sa.Column("end_day", sa.Date, nullable=False),
    sa.Column("parameters", Json, nullable=False),
    sa.Column("clients", sa.Integer, nullable=False),
)
"""Append-only, and no projection: a rebuild leaves the runs as they are."""

classified_clients = sa.Table(
    "classified_clients",
    metadata,
    sa.Column("run_id", sa.Uuid, primary_key=True),
    sa.Column("partner_id", sa.Uuid, primary_key=True),
    sa.Column("place", sa.Integer, nullable=False, doc="by the measure of ABC, 1 for the first"),
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("abc", sa.String(1)),
    sa.Column("xyz", sa.String(1)),
    sa.Column("recency_score", sa.SmallInteger),
    sa.Column("frequency_score", sa.SmallInteger),
    sa.Column("monetary_score", sa.SmallInteger),
    sa.Column("revenue", sa.BigInteger, nullable=False, doc="minor units of the base currency"),
    sa.Column("margin", sa.BigInteger),
    sa.Column("orders", sa.Integer, nullable=False),
    sa.Column("unconverted", sa.Integer, nullable=False),
    sa.Column("days_since", sa.Integer),
    sa.Column("sub_periods", sa.Integer, nullable=False, doc="whole ones since the first purchase"),
    sa.Column("variation", sa.Float, doc="σ / mean over them"),
    sa.Index("ix_classified_clients_place", "run_id", "place", unique=True),
    sa.Index("ix_classified_clients_abc", "run_id", "abc", "place"),
)
"""Append-only: each client of a run, with its classes and the figures that they follow from."""
