"""Snapshots of forecasts, and the rates they are measured at."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from chassis.store.types import UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_NUMBERS = (
    "won", "won_amount", "open", "open_amount", "weighted_amount", "overdue", "without_amount", "without_probability",
    "unconverted",
)  # fmt: skip


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "rate_facts",
        sa.Column("rate_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("rate_on", sa.Date(), nullable=False),
        sa.Column("rate", sa.String(length=40), nullable=False),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("rate_id", "sequence", name=op.f("pk_rate_facts")),
    )
    op.create_index("ix_rate_facts_currency_rate_on", "rate_facts", ["currency", "rate_on"])
    op.create_table(
        "forecast_snapshots",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("taken_at", UtcDateTime, nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("end_day", sa.Date(), nullable=False),
        sa.Column("method", sa.String(length=10), nullable=False),
        sa.Column("minimum_deals", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forecast_snapshots")),
    )
    op.create_index("ix_forecast_snapshots_taken_at", "forecast_snapshots", ["taken_at"])
    op.create_table(
        "forecast_snapshot_cells",
        sa.Column("snapshot_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("process_key", sa.String(length=100), nullable=False),
        sa.Column("manager_id", sa.Uuid()),
        sa.Column("team_id", sa.Uuid()),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in _NUMBERS),
        sa.PrimaryKeyConstraint("snapshot_id", "place", name=op.f("pk_forecast_snapshot_cells")),
    )
    op.create_table(
        "forecast_snapshot_deals",
        sa.Column("snapshot_id", sa.Uuid(), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("process_key", sa.String(length=100), nullable=False),
        sa.Column("manager_id", sa.Uuid()),
        sa.Column("probability", sa.String(length=8), nullable=False),
        sa.PrimaryKeyConstraint("snapshot_id", "deal_id", name=op.f("pk_forecast_snapshot_deals")),
    )
    op.create_table(
        "forecast_snapshot_rates",
        sa.Column("snapshot_id", sa.Uuid(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("rate", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("snapshot_id", "currency", name=op.f("pk_forecast_snapshot_rates")),
    )


def downgrade() -> None:
    """Take them away."""
    for name in ("rates", "deals", "cells"):
        op.drop_table(f"forecast_snapshot_{name}")
    op.drop_table("forecast_snapshots")
    op.drop_table("rate_facts")
