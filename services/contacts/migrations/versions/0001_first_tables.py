"""The first tables: partners and how to reach them, managers and teams; the chassis' own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from chassis.store.types import BigId, Json, UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_SEARCH_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_UNPLACED = sa.text("position IS NULL")
_UNPUBLISHED = sa.text("published_at IS NULL AND position IS NOT NULL")


def upgrade() -> None:
    """Make the tables."""
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
        "legal_entities",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=250), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("tax_id", sa.String(length=50)),
        sa.Column("registration_reason_code", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_entities")),
    )
    op.create_index(
        "ix_legal_entities_country_tax_id_registration_reason_code",
        "legal_entities",
        ["country", "tax_id", "registration_reason_code"],
        unique=True,
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
        "teams",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=250), nullable=False),
        sa.Column("name_key", _SEARCH_TEXT, nullable=False),
        sa.Column("head_id", sa.Uuid()),
        sa.Column("parent_id", sa.Uuid()),
        sa.ForeignKeyConstraint(["parent_id"], ["teams.id"], name=op.f("fk_teams_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams")),
    )
    op.create_index("ix_teams_name_key", "teams", ["name_key"], unique=True)

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
        "managers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=250), nullable=False),
        sa.Column("name_search", _SEARCH_TEXT, nullable=False),
        sa.Column("email", sa.String(length=320)),
        sa.Column("team_id", sa.Uuid()),
        sa.Column("external_system", sa.String(length=100)),
        sa.Column("external_id", sa.String(length=200)),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_managers_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_managers")),
    )
    op.create_index(
        "ix_managers_external_system_external_id", "managers", ["external_system", "external_id"], unique=True
    )
    op.create_index("ix_managers_name_search_id", "managers", ["name_search", "id"])
    op.create_index("ix_managers_team_id", "managers", ["team_id"])

    op.create_table(
        "partners",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=250), nullable=False),
        sa.Column("name_search", _SEARCH_TEXT, nullable=False),
        sa.Column("is_prospect", sa.Boolean(), nullable=False),
        sa.Column("is_client", sa.Boolean(), nullable=False),
        sa.Column("is_supplier", sa.Boolean(), nullable=False),
        sa.Column("is_competitor", sa.Boolean(), nullable=False),
        sa.Column("manager_id", sa.Uuid()),
        sa.Column("source", sa.String(length=200)),
        sa.Column("interest", sa.Text()),
        sa.Column("external_system", sa.String(length=100)),
        sa.Column("external_id", sa.String(length=200)),
        sa.Column("registered_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(["manager_id"], ["managers.id"], name=op.f("fk_partners_manager_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partners")),
    )
    op.create_index(
        "ix_partners_external_system_external_id", "partners", ["external_system", "external_id"], unique=True
    )
    op.create_index("ix_partners_manager_id", "partners", ["manager_id"])
    op.create_index("ix_partners_name_search_id", "partners", ["name_search", "id"])
    op.create_index("ix_partners_registered_at_id", "partners", ["registered_at", "id"])

    op.create_table(
        "contact_persons",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("full_name", sa.String(length=250), nullable=False),
        sa.Column("job_title", sa.String(length=250)),
        sa.ForeignKeyConstraint(["partner_id"], ["partners.id"], name=op.f("fk_contact_persons_partner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_persons")),
    )
    op.create_index("ix_contact_persons_partner_id", "contact_persons", ["partner_id"])

    op.create_table(
        "partner_legal_entities",
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["legal_entity_id"], ["legal_entities.id"], name=op.f("fk_partner_legal_entities_legal_entity_id")
        ),
        sa.ForeignKeyConstraint(["partner_id"], ["partners.id"], name=op.f("fk_partner_legal_entities_partner_id")),
        sa.PrimaryKeyConstraint("partner_id", "legal_entity_id", name=op.f("pk_partner_legal_entities")),
    )
    op.create_index("ix_partner_legal_entities_legal_entity_id", "partner_legal_entities", ["legal_entity_id"])

    op.create_table(
        "contact_points",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("value", sa.String(length=700), nullable=False),
        sa.Column("original", sa.String(length=500), nullable=False),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["partner_id"], ["partners.id"], name=op.f("fk_contact_points_partner_id")),
        sa.ForeignKeyConstraint(["person_id"], ["contact_persons.id"], name=op.f("fk_contact_points_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_points")),
    )
    op.create_index("ix_contact_points_partner_id", "contact_points", ["partner_id"])
    op.create_index("ix_contact_points_person_id", "contact_points", ["person_id"])
    op.create_index("ix_contact_points_value", "contact_points", ["value"])


def downgrade() -> None:
    """Take the tables away; their indexes go with them."""
    for table in (
        "contact_points",
        "partner_legal_entities",
        "contact_persons",
        "partners",
        "managers",
        "timers",
        "teams",
        "parked",
        "outbox",
        "legal_entities",
        "inbox_progress",
        "inbox_ahead",
        "idempotency",
    ):
        op.drop_table(table)
