"""Interactions, the timeline, and the copies of deals and claims."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from chassis.store.types import Json, UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "interactions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("direction", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=250)),
        sa.Column("text", sa.Text()),
        sa.Column("outcome_key", sa.String(length=50)),
        sa.Column("outcome_text", sa.Text()),
        sa.Column("planned_start", UtcDateTime),
        sa.Column("planned_end", UtcDateTime),
        sa.Column("all_day", sa.Boolean(), nullable=False),
        sa.Column("time_zone", sa.String(length=64)),
        sa.Column("started_at", UtcDateTime),
        sa.Column("duration_seconds", sa.Integer()),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.Column("reviewed_at", UtcDateTime),
        sa.Column("postponed_until", UtcDateTime),
        sa.Column("cancel_reason", sa.String(length=500)),
        sa.Column("corrects_id", sa.Uuid()),
        sa.Column("corrected_by_id", sa.Uuid()),
        sa.Column("registered_by", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interactions")),
    )
    op.create_index("ix_interactions_at_id", "interactions", ["at", "id"])
    op.create_index("ix_interactions_corrects_id", "interactions", ["corrects_id"], unique=True)

    op.create_table(
        "interaction_links",
        sa.Column("interaction_id", sa.Uuid(), nullable=False),
        sa.Column("thing_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["interaction_id"], ["interactions.id"], name=op.f("fk_interaction_links_interaction_id")
        ),
        sa.PrimaryKeyConstraint("interaction_id", "thing_id", name=op.f("pk_interaction_links")),
    )
    op.create_index(
        "ix_interaction_links_thing_id_at_interaction_id", "interaction_links", ["thing_id", "at", "interaction_id"]
    )

    op.create_table(
        "interaction_guests",
        sa.Column("interaction_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=250)),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("value", sa.String(length=700), nullable=False),
        sa.Column("original", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["interaction_id"], ["interactions.id"], name=op.f("fk_interaction_guests_interaction_id")
        ),
        sa.PrimaryKeyConstraint("interaction_id", "place", name=op.f("pk_interaction_guests")),
    )
    op.create_index("ix_interaction_guests_value", "interaction_guests", ["value"])

    op.create_table(
        "interaction_attachments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("interaction_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=250), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("sha256", sa.String(length=64)),
        sa.ForeignKeyConstraint(
            ["interaction_id"], ["interactions.id"], name=op.f("fk_interaction_attachments_interaction_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interaction_attachments")),
    )
    op.create_index("ix_interaction_attachments_interaction_id", "interaction_attachments", ["interaction_id"])

    op.create_table(
        "timeline",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=50), nullable=False),
        sa.Column("partner_id", sa.Uuid()),
        sa.Column("deal_id", sa.Uuid()),
        sa.Column("claim_id", sa.Uuid()),
        sa.Column("manager_id", sa.Uuid()),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("interaction_id", sa.Uuid()),
        sa.Column("occurred_at", UtcDateTime, nullable=False),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.Column("details", Json, nullable=False),
        sa.PrimaryKeyConstraint("entry_id", "place", name=op.f("pk_timeline")),
    )
    for name in ("partner_id", "deal_id", "claim_id", "manager_id", "person_id"):
        known = sa.text(f"{name} IS NOT NULL")
        op.create_index(
            f"ix_timeline_{name}_occurred_at_entry_id",
            "timeline",
            [name, "occurred_at", "entry_id"],
            postgresql_where=known,
            sqlite_where=known,
        )

    op.create_table(
        "deals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid()),
        sa.Column("manager_id", sa.Uuid()),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deals")),
    )
    op.create_table(
        "claims",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid()),
        sa.Column("deal_id", sa.Uuid()),
        sa.Column("assignee_id", sa.Uuid()),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claims")),
    )


def downgrade() -> None:
    """Take the tables away; their indexes go with them."""
    for table in (
        "claims",
        "deals",
        "timeline",
        "interaction_attachments",
        "interaction_guests",
        "interaction_links",
        "interactions",
    ):
        op.drop_table(table)
