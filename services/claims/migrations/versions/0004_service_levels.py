"""Service levels, clocks, answers, the audit, and how satisfied clients are."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import sqlalchemy as sa
from alembic import op

from chassis.store.types import BigId, Json, UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_MINUTE = 60
# business time until the first answer and until the resolution
_SHIPPED = {"LOW": [540, 5400], "NORMAL": [240, 2700], "HIGH": [120, 1080], "CRITICAL": [60, 540]}


def upgrade() -> None:
    """Make the tables and columns, and ship the first service levels."""
    for column in (
        sa.Column("root_cause", sa.String(20)),
        sa.Column("products", Json, nullable=False, server_default="[]"),
        sa.Column("imported", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("policy_id", sa.Uuid()),
        sa.Column("warn_at_percent", sa.SmallInteger()),
        sa.Column("first_response_target", sa.Integer()),
        sa.Column("first_response_due_at", UtcDateTime()),
        sa.Column("first_responded_at", UtcDateTime()),
        sa.Column("first_response_seconds", sa.Integer()),
        sa.Column("resolution_target", sa.Integer()),
        sa.Column("resolution_due_at", UtcDateTime()),
        sa.Column("resolution_seconds", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("pauses", Json, nullable=False, server_default="[]"),
        sa.Column("times_reopened", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("escalations", Json, nullable=False, server_default="[]"),
    ):
        op.add_column("claims", column)
    op.create_index(op.f("ix_claims_resolution_due_at_id"), "claims", ["resolution_due_at", "id"])
    _close_resolved()
    op.create_table(
        "teams",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid()),
        sa.Column("head_id", sa.Uuid()),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams")),
    )
    op.create_table(
        "answers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("text", sa.Text()),
        sa.Column("interaction_id", sa.Uuid()),
        sa.Column("by_id", sa.Uuid()),
        sa.Column("answered_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name=op.f("fk_answers_claim_id_claims")),
        sa.UniqueConstraint("claim_id", "interaction_id", name=op.f("uq_answers_claim_id_interaction_id")),
    )
    op.create_index(op.f("ix_answers_claim_id_answered_at_id"), "answers", ["claim_id", "answered_at", "id"])
    policies = op.create_table(
        "sla_policies",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("valid_from", UtcDateTime(), nullable=False),
        sa.Column("warn_at_percent", sa.SmallInteger()),
        sa.Column("targets", Json, nullable=False),
        sa.Column("recorded_by", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sla_policies")),
        sa.UniqueConstraint("version", name=op.f("uq_sla_policies_version")),
    )
    op.bulk_insert(
        policies,
        [
            {
                "id": UUID("019413d0-0000-8302-8000-000000000001"),
                "version": 1,
                "valid_from": datetime(2025, 1, 1, tzinfo=UTC),
                "warn_at_percent": 80,
                "targets": {severity: [n * _MINUTE for n in minutes] for severity, minutes in _SHIPPED.items()},
                "recorded_by": "system",
            }
        ],
    )
    op.create_table(
        "changes",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(50)),
        sa.Column("old", sa.Text()),
        sa.Column("new", sa.Text()),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("changed_by", sa.String(200), nullable=False),
        sa.Column("correlation_id", sa.String(64)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
    )
    op.create_index(op.f("ix_changes_claim_id_id"), "changes", ["claim_id", "id"])
    op.create_table(
        "satisfaction_requests",
        *_of_satisfaction(),
        sa.Column("requested_at", UtcDateTime(), nullable=False),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column("answered_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_satisfaction_requests")),
    )
    op.create_index(
        op.f("ix_satisfaction_requests_subject_id_requested_at_id"),
        "satisfaction_requests",
        ["subject_id", "requested_at", "id"],
    )
    op.create_table(
        "satisfaction_responses",
        *_of_satisfaction(),
        sa.Column("score", sa.SmallInteger(), nullable=False),
        sa.Column("comment", sa.Text()),
        sa.Column("answered_at", UtcDateTime(), nullable=False),
        sa.Column("request_id", sa.Uuid()),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_satisfaction_responses")),
    )
    for columns in (
        ["subject_id", "answered_at", "id"],
        ["partner_id", "answered_at", "id"],
        ["deal_id", "answered_at", "id"],
        ["respondent_id"],
        ["answered_at", "id"],
    ):
        name = op.f(f"ix_satisfaction_responses_{'_'.join(columns)}")
        op.create_index(name, "satisfaction_responses", columns)


def _close_resolved() -> None:
    """Let the clocks of claims that are resolved stand still since then."""
    claims = sa.table(
        "claims",
        sa.column("id", sa.Uuid()),
        sa.column("resolved_at", UtcDateTime()),
        sa.column("pauses", Json),
    )
    connection = op.get_bind()
    resolved = sa.select(claims.c.id, claims.c.resolved_at).where(claims.c.resolved_at.is_not(None))
    for row in connection.execute(resolved).all():
        pauses = [["CLOSED", row.resolved_at.isoformat(), None]]
        connection.execute(claims.update().where(claims.c.id == row.id).values(pauses=pauses))


def _of_satisfaction() -> list[sa.Column]:
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject_kind", sa.String(10), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid()),
        sa.Column("deal_id", sa.Uuid()),
        sa.Column("claim_id", sa.Uuid()),
        sa.Column("manager_id", sa.Uuid()),
        sa.Column("respondent_id", sa.Uuid()),
        sa.Column("scale", sa.String(10), nullable=False),
    ]


def downgrade() -> None:
    """Take them away, with all they hold."""
    for table in ("satisfaction_responses", "satisfaction_requests", "changes", "sla_policies", "answers", "teams"):
        op.drop_table(table)
    op.drop_index(op.f("ix_claims_resolution_due_at_id"), "claims")
    for column in (
        "escalations",
        "times_reopened",
        "pauses",
        "resolution_seconds",
        "resolution_due_at",
        "resolution_target",
        "first_response_seconds",
        "first_responded_at",
        "first_response_due_at",
        "first_response_target",
        "warn_at_percent",
        "policy_id",
        "imported",
        "products",
        "root_cause",
    ):
        op.drop_column("claims", column)
