"""Exchange rates, and at which moment's rate a deal's base amount is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from chassis.store.types import UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "exchange_rates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("base_currency", sa.String(length=3), nullable=False),
        sa.Column("rate_on", sa.Date(), nullable=False),
        sa.Column("ten_billionths", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(length=100)),
        sa.Column("corrected", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_exchange_rates")),
    )
    op.create_index(
        "uq_exchange_rates_day",
        "exchange_rates",
        ["base_currency", "currency", "rate_on"],
        unique=True,
        postgresql_where=sa.text("NOT corrected"),
        sqlite_where=sa.text("NOT corrected"),
    )
    op.add_column("deals", sa.Column("valued_at", UtcDateTime()))
    # amounts without a base waited for a rate; the others were in the base currency
    op.execute(
        "UPDATE deals SET valued_at = COALESCE(closed_at, created_at) WHERE amount_minor IS NOT NULL AND base_minor IS NULL"
    )
    op.create_index(
        "ix_deals_valued",
        "deals",
        ["currency", "valued_at"],
        postgresql_where=sa.text("valued_at IS NOT NULL"),
        sqlite_where=sa.text("valued_at IS NOT NULL"),
    )


def downgrade() -> None:
    """Go back to the revision before."""
    op.drop_index("ix_deals_valued", "deals")
    op.drop_column("deals", "valued_at")
    op.drop_index("uq_exchange_rates_day", "exchange_rates")
    op.drop_table("exchange_rates")
