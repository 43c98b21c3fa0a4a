"""The tables that every service's database has beside its own."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from chassis.store.types import BigId, Json, UtcDateTime

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def service_metadata() -> sa.MetaData:
    """Give the metadata for a service's tables, with the chassis' own already in it."""
    metadata = sa.MetaData(naming_convention=NAMING)
    _outbox(metadata)
    _inbox(metadata)
    _parked(metadata)
    _idempotency(metadata)
    _timers(metadata)
    return metadata


@dataclass(frozen=True)
class ChassisTables:
    """The chassis' tables within one metadata."""

    outbox: sa.Table
    inbox_progress: sa.Table
    inbox_ahead: sa.Table
    parked: sa.Table
    idempotency: sa.Table
    timers: sa.Table

    @classmethod
    def of(cls, metadata: sa.MetaData) -> ChassisTables:
        """Find them in the metadata that `service_metadata` made."""
        return cls(**{name: metadata.tables[name] for name in cls.__dataclass_fields__})


def _outbox(metadata: sa.MetaData) -> None:
    """What the service has to tell, and after that its event log: rows are never deleted."""
    unplaced = sa.text("position IS NULL")
    unpublished = sa.text("published_at IS NULL AND position IS NOT NULL")
    sa.Table(
        "outbox",
        metadata,
        sa.Column("id", BigId, primary_key=True, autoincrement=True),
        sa.Column("event_id", sa.Uuid, nullable=False),
        sa.Column("type", sa.String(100), nullable=False),
        sa.Column("subject", sa.Uuid, nullable=False),
        sa.Column("sequence", sa.BigInteger, nullable=False),
        sa.Column("occurred_at", UtcDateTime, nullable=False),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        sa.Column("correlation_id", sa.String(64)),
        # insert ids are not commit order: the relay gives the position as it publishes
        sa.Column("position", sa.BigInteger),
        sa.Column("published_at", UtcDateTime),
        sa.Index("ix_outbox_position", "position", unique=True),
        sa.Index("ix_outbox_unplaced", "id", postgresql_where=unplaced, sqlite_where=unplaced),
        sa.Index("ix_outbox_unpublished", "position", postgresql_where=unpublished, sqlite_where=unpublished),
    )


def _inbox(metadata: sa.MetaData) -> None:
    """What was handled of each source: all up to a position, and some ahead of it."""
    sa.Table(
        "inbox_progress",
        metadata,
        sa.Column("source", sa.String(50), primary_key=True),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("recorded_at", UtcDateTime, doc="when the last event handled had been recorded at its source"),
    )
    sa.Table(
        "inbox_ahead",
        metadata,
        sa.Column("source", sa.String(50), primary_key=True),
        sa.Column("position", sa.BigInteger, primary_key=True),
    )


def _parked(metadata: sa.MetaData) -> None:
    """Messages whose reaction failed: to be tried again, or waiting for the operator."""
    sa.Table(
        "parked",
        metadata,
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("state", sa.String(10), nullable=False, doc="retrying or parked"),
        sa.Column("source", sa.String(50)),
        sa.Column("type", sa.String(100)),
        sa.Column("position", sa.BigInteger),
        sa.Column("headers", Json, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("failed_at", UtcDateTime, nullable=False),
        sa.Column("next_attempt_at", UtcDateTime),
        sa.Index(None, "state", "next_attempt_at"),
    )


def _idempotency(metadata: sa.MetaData) -> None:
    """The first answer given under each idempotency key."""
    sa.Table(
        "idempotency",
        metadata,
        sa.Column("actor", sa.String(200), primary_key=True),
        sa.Column("operation", sa.String(100), primary_key=True),
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("recorded_at", UtcDateTime, nullable=False, index=True),
    )


def _timers(metadata: sa.MetaData) -> None:
    """What is to happen at a moment, once, on whichever replica is there."""
    sa.Table(
        "timers",
        metadata,
        sa.Column("name", sa.String(100), primary_key=True),
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("due_at", UtcDateTime, nullable=False, index=True),
        sa.Column("data", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text),
    )
