"""Claims as they stood after each of their facts, and how satisfied clients are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from chassis.store.types import Json, UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_STANDING = (
    ("cause", sa.String(20)),
    ("root_cause", sa.String(20)),
    ("products", Json),
    ("registered_at", UtcDateTime()),
    ("has_targets", sa.Boolean()),
    ("first_response_due_at", UtcDateTime()),
    ("first_responded_at", UtcDateTime()),
    ("first_response_seconds", sa.Integer()),
    ("resolution_due_at", UtcDateTime()),
    ("resolution_seconds", sa.Integer()),
    ("waiting_since", UtcDateTime()),
    ("resolved_at", UtcDateTime()),
)


def upgrade() -> None:
    """Add what facts say of claims' standing; those heard before say when a claim was registered or resolved."""
    for name, kind in _STANDING:
        op.add_column("claim_facts", sa.Column(name, kind))
    op.execute("UPDATE claim_facts SET registered_at = occurred_at WHERE kind = 'REGISTERED'")
    op.execute("UPDATE claim_facts SET resolved_at = occurred_at WHERE kind = 'RESOLVED'")
    op.create_table(
        "satisfaction_requests",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        *_of_satisfaction(),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_satisfaction_requests")),
    )
    op.create_index(op.f("ix_satisfaction_requests_partner_id"), "satisfaction_requests", ["partner_id"])
    op.create_index(op.f("ix_satisfaction_requests_occurred_at"), "satisfaction_requests", ["occurred_at"])
    op.create_table(
        "satisfaction_facts",
        sa.Column("response_id", sa.Uuid(), nullable=False),
        *_of_satisfaction(),
        sa.Column("score", sa.SmallInteger(), nullable=False),
        sa.Column("request_id", sa.Uuid()),
        sa.PrimaryKeyConstraint("response_id", name=op.f("pk_satisfaction_facts")),
    )
    for columns in (["partner_id"], ["request_id"], ["about_id", "occurred_at"], ["occurred_at"]):
        op.create_index(op.f(f"ix_satisfaction_facts_{'_'.join(columns)}"), "satisfaction_facts", columns)


def _of_satisfaction() -> list[sa.Column]:
    return [
        sa.Column("occurred_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("about_kind", sa.String(10), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid()),
        sa.Column("deal_id", sa.Uuid()),
        sa.Column("manager_id", sa.Uuid()),
        sa.Column("respondent_id", sa.Uuid()),
        sa.Column("scale", sa.String(10), nullable=False),
    ]


def downgrade() -> None:
    """Take it away."""
    op.drop_table("satisfaction_facts")
    op.drop_table("satisfaction_requests")
    for name, _ in reversed(_STANDING):
        op.drop_column("claim_facts", name)
