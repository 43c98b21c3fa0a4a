"""Partners point to the one they were merged into; names are compared by likeness; pairs that may be one are kept."""

from __future__ import annotations

import re
import unicodedata

import sqlalchemy as sa
from alembic import op
from anyascii import anyascii

from chassis.store.types import Json, UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_SEARCH_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_MERGED = sa.text("survivor_id IS NOT NULL")
_FORMS = frozenset(
    [
        "ooo",
        "oao",
        "zao",
        "pao",
        "ao",
        "ip",
        "tov",
        "chp",
        "too",
        "llc",
        "llp",
        "ltd",
        "limited",
        "inc",
        "incorporated",
        "corp",
        "corporation",
        "co",
        "company",
        "plc",
        "gmbh",
        "ag",
        "kg",
        "ohg",
        "ug",
        "sa",
        "sarl",
        "sas",
        "srl",
        "spa",
        "sl",
        "bv",
        "nv",
        "oy",
        "ab",
        "as",
        "aps",
        "oue",
        "uab",
        "sia",
        "kft",
        "zrt",
        "doo",
        "ood",
        "eood",
    ]
)


def upgrade() -> None:
    """Make the new columns, indexes and tables."""
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    if on_postgresql:
        # trusted since PostgreSQL 13: who owns the database may make it
        op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    op.add_column("partners", sa.Column("merged_into_id", sa.Uuid()))
    op.add_column("partners", sa.Column("survivor_id", sa.Uuid()))
    op.add_column("partners", sa.Column("name_match", _SEARCH_TEXT, nullable=False, server_default=""))
    _compare_names()
    op.create_index(
        "ix_partners_survivor_id", "partners", ["survivor_id"], postgresql_where=_MERGED, sqlite_where=_MERGED
    )
    op.create_index(
        "ix_partners_name_match", "partners", ["name_match"],
        postgresql_using="gin", postgresql_ops={"name_match": "gin_trgm_ops"},
    )  # fmt: skip
    op.create_table(
        "duplicate_pairs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("first_id", sa.Uuid(), nullable=False),
        sa.Column("second_id", sa.Uuid(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("reasons", Json, nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("found_at", UtcDateTime(), nullable=False),
        sa.Column("dismissed_at", UtcDateTime()),
        sa.Column("dismissed_by", sa.String(length=200)),
        sa.ForeignKeyConstraint(["first_id"], ["partners.id"], name="fk_duplicate_pairs_first_id_partners"),
        sa.ForeignKeyConstraint(["second_id"], ["partners.id"], name="fk_duplicate_pairs_second_id_partners"),
        sa.PrimaryKeyConstraint("id", name="pk_duplicate_pairs"),
    )
    op.create_index("ix_duplicate_pairs_first_id_second_id", "duplicate_pairs", ["first_id", "second_id"], unique=True)
    op.create_index("ix_duplicate_pairs_second_id", "duplicate_pairs", ["second_id"])
    op.create_index("ix_duplicate_pairs_status_score_id", "duplicate_pairs", ["status", "score", "id"])


def _compare_names() -> None:
    """Write what the names are compared by, as the service did when this migration was written."""
    partners = sa.table("partners", sa.column("id", sa.Uuid()), sa.column("name"), sa.column("name_match"))
    connection = op.get_bind()
    write = partners.update().where(partners.c.id == sa.bindparam("this")).values(name_match=sa.bindparam("match"))
    rows = connection.execute(sa.select(partners.c.id, partners.c.name)).all()
    for start in range(0, len(rows), 1000):
        connection.execute(write, [{"this": row.id, "match": _match(row.name)} for row in rows[start : start + 1000]])


def _match(name: str) -> str:
    latin = anyascii(unicodedata.normalize("NFKC", name)).casefold()
    words = re.findall(r"[a-z0-9]+", latin)
    telling = [word for word in words if word not in _FORMS] or words
    return "".join(f" {word}" for word in telling)[:250]


def downgrade() -> None:
    """Forget the pairs and the merges: every partner stands by itself again."""
    op.drop_table("duplicate_pairs")
    op.drop_index("ix_partners_name_match", "partners")
    op.drop_index("ix_partners_survivor_id", "partners")
    with op.batch_alter_table("partners") as batch:
        for column in ("name_match", "survivor_id", "merged_into_id"):
            batch.drop_column(column)
