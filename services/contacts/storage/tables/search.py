"""What is found by words."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSVECTOR

from services.contacts.storage.tables.schema import SearchText, metadata

search_entries = sa.Table(
    "search_entries",
    metadata,
    sa.Column("source_id", sa.Uuid, primary_key=True, doc="what the text stands in: the thing or a part of it"),
    sa.Column("field", sa.String(20), primary_key=True),
    sa.Column("thing_id", sa.Uuid, nullable=False, index=True),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("weight", sa.SmallInteger, nullable=False),
    sa.Column("words", SearchText, nullable=False, doc="as they are compared, each with a space before it"),
    sa.Column("document", TSVECTOR().with_variant(sa.Text(), "sqlite"), doc="NULL on SQLite, which goes by the words"),
    sa.Index("ix_search_entries_document", "document", postgresql_using="gin"),
)
