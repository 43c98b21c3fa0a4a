"""Who is mentioned where in what was said; erased persons; references of persons and interactions to other systems."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from chassis.store.types import UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the new table and columns."""
    for name in ("contact_persons", "interactions"):
        with op.batch_alter_table(name) as batch_op:
            batch_op.add_column(sa.Column("external_system", sa.String(length=100), nullable=True))
            batch_op.add_column(sa.Column("external_id", sa.String(length=200), nullable=True))
            if name == "contact_persons":
                batch_op.add_column(sa.Column("erased_at", UtcDateTime(), nullable=True))
            batch_op.create_index(
                f"ix_{name}_external_system_external_id", ["external_system", "external_id"], unique=True
            )
    op.create_table(
        "interaction_mentions",
        sa.Column("interaction_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["interaction_id"], ["interactions.id"], name="fk_interaction_mentions_interaction_id"),
        sa.ForeignKeyConstraint(["person_id"], ["contact_persons.id"], name="fk_interaction_mentions_person_id"),
        sa.PrimaryKeyConstraint("interaction_id", "place", name="pk_interaction_mentions"),
    )
    with op.batch_alter_table("interaction_mentions") as batch_op:
        batch_op.create_index("ix_interaction_mentions_person_id", ["person_id"], unique=False)
