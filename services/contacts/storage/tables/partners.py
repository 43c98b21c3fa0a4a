"""Partners."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import UtcDateTime
from services.contacts.storage.tables.schema import SearchText, metadata

partners = sa.Table(
    "partners",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("name", sa.String(250), nullable=False),
    sa.Column("name_search", SearchText, nullable=False),
    sa.Column("name_match", SearchText, nullable=False, server_default="", doc="what names are compared by"),
    sa.Column("is_prospect", sa.Boolean, nullable=False),
    sa.Column("is_client", sa.Boolean, nullable=False),
    sa.Column("is_supplier", sa.Boolean, nullable=False),
    sa.Column("is_competitor", sa.Boolean, nullable=False),
    sa.Column("manager_id", sa.Uuid, sa.ForeignKey("managers.id"), index=True),
    # no foreign key: SQLite cannot add one to a table that is there
    sa.Column("parent_id", sa.Uuid, index=True),
    sa.Column("merged_into_id", sa.Uuid, doc="the partner that this one turned out to be"),
    # where the pointers lead in the end, so that reading follows none: it is kept with them
    sa.Column("survivor_id", sa.Uuid),
    sa.Column("source", sa.String(200)),
    sa.Column("interest", sa.Text),
    sa.Column("external_system", sa.String(100)),
    sa.Column("external_id", sa.String(200)),
    sa.Column("registered_at", UtcDateTime, nullable=False),
    sa.Index(None, "name_search", "id"),
    sa.Index(None, "registered_at", "id"),
    sa.Index(None, "external_system", "external_id", unique=True),
    sa.Index(
        "ix_partners_survivor_id",
        "survivor_id",
        postgresql_where=sa.text("survivor_id IS NOT NULL"),
        sqlite_where=sa.text("survivor_id IS NOT NULL"),
    ),
    # on PostgreSQL by the trigrams of the name (pg_trgm); SQLite knows no such index, and compares beginnings
    sa.Index(
        "ix_partners_name_match",
        "name_match",
        postgresql_using="gin",
        postgresql_ops={"name_match": "gin_trgm_ops"},
    ),
)
