"""Proposals: their versions, the lines of these, and what clients answered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from chassis.store.types import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_EFFECTIVE = sa.text("replaced_at IS NULL")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "proposals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_proposals_deal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
    )
    op.create_index("ix_proposals_deal_id", "proposals", ["deal_id"])
    op.create_table(
        "proposal_versions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("valid_until", sa.Date()),
        sa.Column("note", sa.String(length=4000)),
        sa.Column("sent_at", UtcDateTime),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposals.id"], name=op.f("fk_proposal_versions_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_versions")),
        sa.UniqueConstraint("proposal_id", "number", name=op.f("uq_proposal_versions_proposal_id_number")),
    )
    op.create_table(
        "proposal_lines",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("alternative", sa.String(length=100)),
        sa.Column("product", sa.String(length=200), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("discount_ppm", sa.Integer()),
        sa.Column("tax_ppm", sa.Integer()),
        sa.Column("tax_included", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["proposal_versions.id"], name=op.f("fk_proposal_lines_version_id")),
        sa.PrimaryKeyConstraint("version_id", "place", name=op.f("pk_proposal_lines")),
    )
    op.create_table(
        "proposal_responses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=50)),
        sa.Column("competitor_id", sa.Uuid()),
        sa.Column("deferred_until", sa.Date()),
        sa.Column("comment", sa.String(length=1000)),
        sa.Column("alternative", sa.String(length=100)),
        sa.Column("amount_minor", sa.BigInteger()),
        sa.Column("currency", sa.String(length=3)),
        sa.Column("base_minor", sa.BigInteger()),
        sa.Column("occurred_at", UtcDateTime, nullable=False),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("replaced_at", UtcDateTime),
        sa.ForeignKeyConstraint(["reason"], ["loss_reasons.key"], name=op.f("fk_proposal_responses_reason")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["proposal_versions.id"], name=op.f("fk_proposal_responses_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_responses")),
    )
    op.create_index("ix_proposal_responses_version_id", "proposal_responses", ["version_id"])
    op.create_index(
        "uq_proposal_responses_effective",
        "proposal_responses",
        ["version_id"],
        unique=True,
        postgresql_where=_EFFECTIVE,
        sqlite_where=_EFFECTIVE,
    )


def downgrade() -> None:
    """Take them away."""
    for table in ("proposal_responses", "proposal_lines", "proposal_versions", "proposals"):
        op.drop_table(table)
