"""Runs of the classification of clients."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from chassis.store.types import Json, UtcDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "classification_runs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("as_of", UtcDateTime, nullable=False),
        sa.Column("known_at", UtcDateTime, nullable=False),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.Column("scheduled", sa.Boolean(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("end_day", sa.Date(), nullable=False),
        sa.Column("parameters", Json, nullable=False),
        sa.Column("clients", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_classification_runs")),
    )
    op.create_table(
        "classified_clients",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("abc", sa.String(length=1)),
        sa.Column("xyz", sa.String(length=1)),
        sa.Column("recency_score", sa.SmallInteger()),
        sa.Column("frequency_score", sa.SmallInteger()),
        sa.Column("monetary_score", sa.SmallInteger()),
        sa.Column("revenue", sa.BigInteger(), nullable=False),
        sa.Column("margin", sa.BigInteger()),
        sa.Column("orders", sa.Integer(), nullable=False),
        sa.Column("unconverted", sa.Integer(), nullable=False),
        sa.Column("days_since", sa.Integer()),
        sa.Column("sub_periods", sa.Integer(), nullable=False),
        sa.Column("variation", sa.Float()),
        sa.PrimaryKeyConstraint("run_id", "partner_id", name=op.f("pk_classified_clients")),
    )
    op.create_index(op.f("ix_classified_clients_abc"), "classified_clients", ["run_id", "abc", "place"])
    op.create_index(op.f("ix_classified_clients_place"), "classified_clients", ["run_id", "place"], unique=True)


def downgrade() -> None:
    """Take them away."""
    op.drop_table("classified_clients")
    op.drop_table("classification_runs")
