"""The first tables: facts of deals and claims, what follows from them, copies; the chassis' own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from chassis.store.types import BigId, Json, UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_UNPLACED = sa.text("position IS NULL")
_UNPUBLISHED = sa.text("published_at IS NULL AND position IS NOT NULL")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "claim_facts",
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("occurred_at", UtcDateTime, nullable=False),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.Column("partner_id", sa.Uuid()),
        sa.Column("deal_id", sa.Uuid()),
        sa.Column("manager_id", sa.Uuid()),
        sa.Column("severity", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("claim_id", "sequence", name=op.f("pk_claim_facts")),
    )
    op.create_index("ix_claim_facts_kind_occurred_at", "claim_facts", ["kind", "occurred_at"])
    op.create_table(
        "deal_facts",
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("occurred_at", UtcDateTime, nullable=False),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("process_key", sa.String(length=100), nullable=False),
        sa.Column("manager_id", sa.Uuid()),
        sa.Column("partner_id", sa.Uuid()),
        sa.Column("currency", sa.String(length=3)),
        sa.Column("amount_minor", sa.BigInteger()),
        sa.Column("base_minor", sa.BigInteger()),
        sa.Column("loss_reason", sa.String(length=100)),
        sa.Column("competitor_id", sa.Uuid()),
        sa.Column("stage", sa.String(length=100)),
        sa.Column("rank", sa.Integer()),
        sa.Column("products", Json, nullable=False),
        sa.PrimaryKeyConstraint("deal_id", "sequence", name=op.f("pk_deal_facts")),
    )
    op.create_index("ix_deal_facts_occurred_at", "deal_facts", ["occurred_at"])
    op.create_table(
        "deal_products",
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("product", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("deal_id", "product", name=op.f("pk_deal_products")),
    )
    op.create_index("ix_deal_products_product", "deal_products", ["product"])
    op.create_table(
        "deal_states",
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("process_key", sa.String(length=100), nullable=False),
        sa.Column("manager_id", sa.Uuid()),
        sa.Column("partner_id", sa.Uuid()),
        sa.Column("currency", sa.String(length=3)),
        sa.Column("amount_minor", sa.BigInteger()),
        sa.Column("base_minor", sa.BigInteger()),
        sa.Column("loss_reason", sa.String(length=100)),
        sa.Column("competitor_id", sa.Uuid()),
        sa.Column("outcome", sa.String(length=11), nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("closed_at", UtcDateTime),
        sa.Column("closed_month", sa.String(length=7)),
        sa.Column("cycle", sa.BigInteger()),
        sa.Column("stage", sa.String(length=100)),
        sa.Column("highest_stage", sa.String(length=100)),
        sa.Column("highest_rank", sa.Integer(), nullable=False),
        sa.Column("entered", sa.Text(), nullable=False),
        sa.Column("stages", Json, nullable=False),
        sa.PrimaryKeyConstraint("deal_id", name=op.f("pk_deal_states")),
    )
    op.create_index("ix_deal_states_outcome_closed_at", "deal_states", ["outcome", "closed_at"])
    op.create_index("ix_deal_states_process_key_created_at", "deal_states", ["process_key", "created_at"])
    op.create_table(
        "idempotency",
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("operation", sa.String(length=100), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("actor", "operation", "key", name=op.f("pk_idempotency")),
    )
    op.create_index("ix_idempotency_recorded_at", "idempotency", ["recorded_at"])
    op.create_table(
        "inbox_ahead",
        sa.Column("source", sa.String(length=50), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("source", "position", name=op.f("pk_inbox_ahead")),
    )
    op.create_table(
        "inbox_progress",
        sa.Column("source", sa.String(length=50), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", UtcDateTime),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_inbox_progress")),
    )
    op.create_table(
        "manager_facts",
        sa.Column("manager_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("team_id", sa.Uuid()),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("manager_id", "sequence", name=op.f("pk_manager_facts")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.String(length=100), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("occurred_at", UtcDateTime, nullable=False),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("correlation_id", sa.String(length=64)),
        sa.Column("position", sa.BigInteger()),
        sa.Column("published_at", UtcDateTime),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_index("ix_outbox_position", "outbox", ["position"], unique=True)
    op.create_index("ix_outbox_unplaced", "outbox", ["id"], postgresql_where=_UNPLACED, sqlite_where=_UNPLACED)
    op.create_index(
        "ix_outbox_unpublished", "outbox", ["position"], postgresql_where=_UNPUBLISHED, sqlite_where=_UNPUBLISHED
    )
    op.create_table(
        "parked",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("source", sa.String(length=50)),
        sa.Column("type", sa.String(length=100)),
        sa.Column("position", sa.BigInteger()),
        sa.Column("headers", Json, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failed_at", UtcDateTime, nullable=False),
        sa.Column("next_attempt_at", UtcDateTime),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parked")),
    )
    op.create_index("ix_parked_state_next_attempt_at", "parked", ["state", "next_attempt_at"])
    op.create_table(
        "partners",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(length=200)),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partners")),
    )
    op.create_index("ix_partners_source", "partners", ["source"])
    op.create_table(
        "processes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("stages", Json, nullable=False),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_processes")),
    )
    op.create_index("ix_processes_key", "processes", ["key"])
    op.create_table(
        "team_facts",
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("parent_id", sa.Uuid()),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("team_id", "sequence", name=op.f("pk_team_facts")),
    )
    op.create_table(
        "timers",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("due_at", UtcDateTime, nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.PrimaryKeyConstraint("name", "key", name=op.f("pk_timers")),
    )
    op.create_index("ix_timers_due_at", "timers", ["due_at"])


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("timers")
    op.drop_table("team_facts")
    op.drop_table("processes")
    op.drop_table("partners")
    op.drop_table("parked")
    op.drop_table("outbox")
    op.drop_table("manager_facts")
    op.drop_table("inbox_progress")
    op.drop_table("inbox_ahead")
    op.drop_table("idempotency")
    op.drop_table("deal_states")
    op.drop_table("deal_products")
    op.drop_table("deal_facts")
    op.drop_table("claim_facts")
