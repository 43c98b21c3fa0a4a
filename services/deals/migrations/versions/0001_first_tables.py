"""The first tables: processes, deals with their transitions, shipments and sale terms; copies; the chassis' own."""

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

_LOSS_REASONS = (
    ("price", "Price", "Цена"),
    ("competitor", "Went to a competitor", "Выбрали конкурента"),
    ("timing", "Timing", "Сроки"),
    ("no_need", "No need any more", "Нет потребности"),
    ("no_answer", "No answer", "Нет ответа"),
    ("unknown", "Unknown", "Неизвестно"),
)


def upgrade() -> None:
    """Make the tables, and the loss reasons that ship with the system."""
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
        "loss_reasons",
        sa.Column("key", sa.String(length=50), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("russian_name", sa.String(length=200), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_loss_reasons")),
    )
    op.create_table(
        "managers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("team_id", sa.Uuid()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_managers")),
    )
    op.create_index("ix_managers_team_id", "managers", ["team_id"])
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
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("manager_id", sa.Uuid()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partners")),
    )
    op.create_table(
        "processes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=50), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("russian_name", sa.String(length=200), nullable=False),
        sa.Column("control", sa.String(length=20), nullable=False),
        sa.Column("won_by", sa.String(length=20), nullable=False),
        sa.Column("stages", Json, nullable=False),
        sa.Column("published_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_processes")),
        sa.UniqueConstraint("key", "version", name=op.f("uq_processes_key_version")),
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
    op.create_table(
        "deals",
        sa.Column("number", BigId, autoincrement=True, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("search_text", sa.String(length=1500), nullable=False),
        sa.Column("stage", sa.String(length=50)),
        sa.Column("highest_rank", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("partner_id", sa.Uuid()),
        sa.Column("manager_id", sa.Uuid()),
        sa.Column("amount_minor", sa.BigInteger()),
        sa.Column("currency", sa.String(length=3)),
        sa.Column("base_minor", sa.BigInteger()),
        sa.Column("products", Json, nullable=False),
        sa.Column("expected_close_on", sa.Date()),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("closed_at", UtcDateTime),
        sa.Column("last_fact_at", UtcDateTime, nullable=False),
        sa.Column("loss_reason", sa.String(length=50)),
        sa.Column("competitor_id", sa.Uuid()),
        sa.Column("shipped", sa.Boolean(), nullable=False),
        sa.Column("external_system", sa.String(length=100)),
        sa.Column("external_id", sa.String(length=200)),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(["loss_reason"], ["loss_reasons.key"], name=op.f("fk_deals_loss_reason")),
        sa.ForeignKeyConstraint(["process_id"], ["processes.id"], name=op.f("fk_deals_process_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_deals")),
        sa.UniqueConstraint("external_system", "external_id", name=op.f("uq_deals_external_system_external_id")),
        sa.UniqueConstraint("id", name=op.f("uq_deals_id")),
    )
    op.create_index("ix_deals_created", "deals", ["created_at", "number"])
    op.create_index("ix_deals_manager", "deals", ["manager_id", "created_at", "number"])
    op.create_index("ix_deals_partner", "deals", ["partner_id", "created_at", "number"])
    op.create_index("ix_deals_process", "deals", ["process_id", "outcome", "stage"])
    op.create_table(
        "sale_terms",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("deal_id", sa.Uuid()),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.Column("discount_ppm", sa.Integer()),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_sale_terms_deal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sale_terms")),
    )
    op.create_index("ix_sale_terms_deal_id", "sale_terms", ["deal_id"])
    op.create_index("ix_sale_terms_partner", "sale_terms", ["partner_id", "valid_from"])
    op.create_table(
        "shipments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("shipped_on", sa.Date(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("occurred_at", UtcDateTime, nullable=False),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_shipments_deal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shipments")),
    )
    op.create_index("ix_shipments_deal_id", "shipments", ["deal_id"])
    op.create_table(
        "transitions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("from_stage", sa.String(length=50)),
        sa.Column("to_stage", sa.String(length=50)),
        sa.Column("from_rank", sa.Integer()),
        sa.Column("to_rank", sa.Integer()),
        sa.Column("previous_outcome", sa.String(length=20)),
        sa.Column("reason", sa.String(length=1000)),
        sa.Column("competitor_id", sa.Uuid()),
        sa.Column("occurred_at", UtcDateTime, nullable=False),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_transitions_deal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transitions")),
        sa.UniqueConstraint("deal_id", "sequence", name=op.f("uq_transitions_deal_id_sequence")),
    )
    _ship_loss_reasons()


def _ship_loss_reasons() -> None:
    columns = [sa.column(name) for name in ("key", "name", "russian_name", "place")]
    op.bulk_insert(
        sa.table("loss_reasons", *columns),
        [
            {"key": key, "name": name, "russian_name": russian, "place": place}
            for place, (key, name, russian) in enumerate(_LOSS_REASONS, start=1)
        ],
    )


def downgrade() -> None:
    """Take everything away."""
    for table in (
        "transitions",
        "shipments",
        "sale_terms",
        "deals",
        "timers",
        "processes",
        "partners",
        "parked",
        "outbox",
        "managers",
        "loss_reasons",
        "inbox_progress",
        "inbox_ahead",
        "idempotency",
    ):
        op.drop_table(table)
