"""Persons and legal entities stand by themselves, contact points have one owner of three kinds, changes are kept."""

from __future__ import annotations

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

from chassis.ids import new_id
from chassis.store.types import BigId, Json, UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_SEARCH_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_PRIMARY = sa.text("is_primary")
_INTEREST = 0x111


def upgrade() -> None:
    """Make the new tables, and take what is there over into them."""
    _partners()
    _contact_points()
    _legal_entities()
    _persons()
    _changes()
    _interests()


def _partners() -> None:
    op.add_column("partners", sa.Column("parent_id", sa.Uuid()))
    op.create_index("ix_partners_parent_id", "partners", ["parent_id"])


def _contact_points() -> None:
    with op.batch_alter_table("contact_points") as batch:
        batch.add_column(sa.Column("owner_id", sa.Uuid()))
        batch.add_column(sa.Column("extension", sa.String(length=50)))
        batch.add_column(sa.Column("messenger", sa.String(length=20)))
        batch.add_column(sa.Column("address", Json))
        batch.add_column(sa.Column("valid_from", sa.Date()))
        batch.add_column(sa.Column("valid_to", sa.Date()))
    op.execute("UPDATE contact_points SET owner_id = coalesce(person_id, partner_id)")
    for name in ("partner_id", "person_id", "value"):
        op.drop_index(f"ix_contact_points_{name}", "contact_points")
    with op.batch_alter_table("contact_points") as batch:
        batch.alter_column("owner_id", existing_type=sa.Uuid(), nullable=False)
        batch.drop_column("partner_id")
        batch.drop_column("person_id")
    op.create_index("ix_contact_points_owner_id", "contact_points", ["owner_id"])
    op.create_index("ix_contact_points_kind_value", "contact_points", ["kind", "value"])
    op.create_index(
        "ix_contact_points_primary", "contact_points", ["owner_id", "kind"], unique=True,
        postgresql_where=_PRIMARY, sqlite_where=_PRIMARY,
    )  # fmt: skip
    op.create_table(
        "contact_point_changes",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("contact_point_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("action", sa.String(length=10), nullable=False),
        sa.Column("before", Json),
        sa.Column("after", Json),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("member_id", sa.Uuid()),
        sa.Column("changed_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_point_changes")),
    )
    op.create_index("ix_contact_point_changes_contact_point_id", "contact_point_changes", ["contact_point_id"])
    op.create_index("ix_contact_point_changes_owner_id_id", "contact_point_changes", ["owner_id", "id"])


def _legal_entities() -> None:
    for column in (
        sa.Column("version", sa.BigInteger(), nullable=False, server_default="1"),
        sa.Column("name_search", _SEARCH_TEXT, nullable=False, server_default=""),
        sa.Column("full_name", sa.String(length=500)),
        sa.Column("registered_on", sa.Date()),
    ):
        op.add_column("legal_entities", column)
    _make_findable("legal_entities", "name")
    op.create_index("ix_legal_entities_tax_id", "legal_entities", ["tax_id"])
    op.create_index("ix_legal_entities_name_search_id", "legal_entities", ["name_search", "id"])
    for column in (
        sa.Column("role", sa.String(length=20), nullable=False, server_default="CONTRACTING"),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_to", sa.Date()),
    ):
        op.add_column("partner_legal_entities", column)
    op.create_table(
        "tax_ids",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("number", sa.String(length=50), nullable=False),
        sa.ForeignKeyConstraint(["legal_entity_id"], ["legal_entities.id"], name=op.f("fk_tax_ids_legal_entity_id")),
        sa.PrimaryKeyConstraint("legal_entity_id", "kind", name=op.f("pk_tax_ids")),
    )
    op.create_index("ix_tax_ids_number", "tax_ids", ["number"])
    op.create_table(
        "bank_accounts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("bank_name", sa.String(length=250), nullable=False),
        sa.Column("bic", sa.String(length=11)),
        sa.Column("iban", sa.String(length=34)),
        sa.Column("account", sa.String(length=34)),
        sa.Column("correspondent_account", sa.String(length=34)),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["legal_entity_id"], ["legal_entities.id"], name=op.f("fk_bank_accounts_legal_entity_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_accounts")),
    )
    op.create_index("ix_bank_accounts_legal_entity_id", "bank_accounts", ["legal_entity_id"])


def _persons() -> None:
    # the links wait aside: on SQLite a table with rows that point at it cannot be made anew
    op.execute("CREATE TABLE staged_links AS SELECT partner_id, id AS person_id, place, job_title FROM contact_persons")
    op.drop_index("ix_contact_persons_partner_id", "contact_persons")
    with op.batch_alter_table("contact_persons") as batch:
        batch.add_column(sa.Column("version", sa.BigInteger(), nullable=False, server_default="1"))
        batch.add_column(sa.Column("name_search", _SEARCH_TEXT, nullable=False, server_default=""))
        batch.add_column(sa.Column("birthday", sa.Date()))
        batch.add_column(sa.Column("notes", sa.Text()))
        batch.add_column(sa.Column("time_zone", sa.String(length=64)))
        batch.drop_column("partner_id")
        batch.drop_column("place")
        batch.drop_column("job_title")
    _make_findable("contact_persons", "full_name")
    op.create_index("ix_contact_persons_name_search_id", "contact_persons", ["name_search", "id"])
    for table, owner, owners in (
        ("partner_persons", "partner_id", "partners"),
        ("legal_entity_persons", "legal_entity_id", "legal_entities"),
    ):
        op.create_table(
            table,
            sa.Column(owner, sa.Uuid(), nullable=False),
            sa.Column("person_id", sa.Uuid(), nullable=False),
            sa.Column("place", sa.Integer(), nullable=False),
            sa.Column("role", sa.String(length=20), nullable=False),
            sa.Column("job_title", sa.String(length=250)),
            sa.Column("valid_from", sa.Date()),
            sa.Column("valid_to", sa.Date()),
            sa.ForeignKeyConstraint([owner], [f"{owners}.id"], name=op.f(f"fk_{table}_{owner}")),
            sa.ForeignKeyConstraint(["person_id"], ["contact_persons.id"], name=op.f(f"fk_{table}_person_id")),
            sa.PrimaryKeyConstraint(owner, "person_id", name=op.f(f"pk_{table}")),
        )
        op.create_index(f"ix_{table}_person_id", table, ["person_id"])
    op.execute(
        "INSERT INTO partner_persons (partner_id, person_id, place, role, job_title)"
        " SELECT partner_id, person_id, place, 'OTHER', job_title FROM staged_links"
    )
    op.execute("DROP TABLE staged_links")


def _changes() -> None:
    op.create_table(
        "changes",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("thing_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("field", sa.String(length=50), nullable=False),
        sa.Column("before", Json),
        sa.Column("after", Json),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("member_id", sa.Uuid()),
        sa.Column("changed_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
    )
    op.create_index("ix_changes_thing_id_id", "changes", ["thing_id", "id"])


def _interests() -> None:
    op.create_table(
        "interests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(length=200)),
        sa.Column("campaign", sa.String(length=200)),
        sa.Column("text", sa.Text()),
        sa.Column("amount_minor", sa.BigInteger()),
        sa.Column("currency", sa.String(length=3)),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("occurred_at", UtcDateTime, nullable=False),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.Column("closed_at", UtcDateTime),
        sa.ForeignKeyConstraint(["partner_id"], ["partners.id"], name=op.f("fk_interests_partner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interests")),
    )
    op.create_index("ix_interests_partner_id", "interests", ["partner_id"])
    op.create_index("ix_interests_occurred_at_id", "interests", ["occurred_at", "id"])
    op.create_index("ix_interests_status_occurred_at_id", "interests", ["status", "occurred_at", "id"])
    _take_over_interests()


def _take_over_interests() -> None:
    columns = [
        sa.column(name, kind)
        for name, kind in (
            ("id", sa.Uuid()), ("version", sa.BigInteger()), ("partner_id", sa.Uuid()), ("source", sa.String()),
            ("text", sa.Text()), ("status", sa.String()), ("occurred_at", UtcDateTime), ("recorded_at", UtcDateTime),
        )
    ]  # fmt: skip
    partners = sa.table(
        "partners",
        sa.column("id", sa.Uuid()),
        sa.column("source", sa.String()),
        sa.column("interest", sa.Text()),
        sa.column("registered_at", UtcDateTime),
    )
    connection = op.get_bind()
    rows = [
        {"id": new_id(_INTEREST), "version": 1, "partner_id": row.id, "source": row.source, "text": row.interest,
         "status": "OPEN", "occurred_at": row.registered_at, "recorded_at": row.registered_at}
        for row in connection.execute(sa.select(partners).where(partners.c.interest.is_not(None)))
    ]  # fmt: skip
    if rows:
        connection.execute(sa.table("interests", *columns).insert(), rows)


def _make_findable(name: str, column: str) -> None:
    """Fill `name_search`, which the names that are there do not have yet."""
    table = sa.table(
        name, sa.column("id", sa.Uuid()), sa.column(column, sa.Text()), sa.column("name_search", sa.Text())
    )
    connection = op.get_bind()
    rows = [
        {"_id": row.id, "_key": _search_key(row[1])}
        for row in connection.execute(sa.select(table.c.id, table.c[column]))
    ]
    if rows:
        update = table.update().where(table.c.id == sa.bindparam("_id")).values(name_search=sa.bindparam("_key"))
        connection.execute(update, rows)


def _search_key(name: str) -> str:
    """Make the key as the code did when this migration was written."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", name).casefold().replace("ё", "е"))
    return "".join(f" {word}" for word in words)


def downgrade() -> None:
    """Refuse: a person at two partners, and what was ended, has no place in the tables before."""
    raise NotImplementedError("the first tables cannot hold this contact book; restore a backup instead")
