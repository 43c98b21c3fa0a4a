"""The index by which partners, persons, legal entities and interactions are found; filled with what is there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

from chassis.ids import kind_of

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_BATCH = 1000
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i"})
_PERSON, _ENTITY = 0x104, 0x106


def upgrade() -> None:
    """Make the table and fill it."""
    op.create_table(
        "search_entries",
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.String(length=20), nullable=False),
        sa.Column("thing_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("weight", sa.SmallInteger(), nullable=False),
        sa.Column("words", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("document", TSVECTOR().with_variant(sa.Text(), "sqlite"), nullable=True),
        sa.PrimaryKeyConstraint("source_id", "field", name="pk_search_entries"),
    )
    op.create_index("ix_search_entries_thing_id", "search_entries", ["thing_id"])
    _fill()
    if op.get_bind().dialect.name == "postgresql":
        op.execute("UPDATE search_entries SET document = to_tsvector('simple', words) || to_tsvector('russian', words)")
    op.create_index("ix_search_entries_document", "search_entries", ["document"], postgresql_using="gin")


def _fill() -> None:
    entries = sa.table(
        "search_entries",
        *(sa.column(name, sa.Uuid()) for name in ("source_id", "thing_id")),
        *(sa.column(name) for name in ("field", "kind", "weight", "words")),
    )
    batch: list[dict[str, Any]] = []
    for source_id, thing_id, kind, field, weight, text in _texts():
        words = _folded(text or "")
        if words:
            row = {"source_id": source_id, "thing_id": thing_id, "kind": kind, "field": field, "weight": weight}
            batch.append({**row, "words": f" {words}"})
        if len(batch) == _BATCH:
            op.get_bind().execute(entries.insert(), batch)
            batch = []
    if batch:
        op.get_bind().execute(entries.insert(), batch)


def _texts() -> Iterator[tuple[Any, Any, str, str, int, str | None]]:
    for row in _rows("partners", "id", "name"):
        yield row.id, row.id, "PARTNER", "name", 1, row.name
    for row in _rows("contact_persons", "id", "full_name", "notes"):
        yield row.id, row.id, "CONTACT_PERSON", "fullName", 1, row.full_name
        yield row.id, row.id, "CONTACT_PERSON", "notes", 3, row.notes
    numbers: dict[Any, list[str]] = {}
    for row in _rows("tax_ids", "legal_entity_id", "number"):
        numbers.setdefault(row.legal_entity_id, []).append(row.number)
    for row in _rows("legal_entities", "id", "name", "full_name", "tax_id", "registration_reason_code"):
        theirs = (row.tax_id, row.registration_reason_code, *numbers.get(row.id, ()))
        yield row.id, row.id, "LEGAL_ENTITY", "name", 1, row.name
        yield row.id, row.id, "LEGAL_ENTITY", "fullName", 1, row.full_name
        yield row.id, row.id, "LEGAL_ENTITY", "taxId", 2, " ".join(filter(None, theirs))
    for row in _rows("contact_points", "id", "owner_id", "value", where="valid_to IS NULL"):
        owner = {_PERSON: "CONTACT_PERSON", _ENTITY: "LEGAL_ENTITY"}.get(kind_of(row.owner_id), "PARTNER")
        yield row.id, row.owner_id, owner, "contactPoint", 2, row.value
    for row in _rows("interests", "id", "partner_id", "text"):
        yield row.id, row.partner_id, "PARTNER", "interest", 3, row.text
    for row in _rows("interactions", "id", "title", "text", "outcome_text", where="corrected_by_id IS NULL"):
        yield row.id, row.id, "INTERACTION", "title", 1, row.title
        yield row.id, row.id, "INTERACTION", "text", 3, row.text
        yield row.id, row.id, "INTERACTION", "outcome", 3, row.outcome_text


def _rows(table: str, *names: str, where: str | None = None) -> list[sa.Row[Any]]:
    columns = (
        sa.column(name, sa.Uuid() if name == "id" or (name.endswith("_id") and name != "tax_id") else None)
        for name in names
    )
    read = sa.select(*columns).select_from(sa.table(table))
    return list(op.get_bind().execute(read.where(sa.text(where)) if where else read))


def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    return " ".join(_without_accents(word) for word in re.findall(r"\w+", folded))


def _without_accents(word: str) -> str:
    plain = ((unicodedata.normalize("NFD", letter)[0], letter) for letter in word)
    return "".join(base if base.isascii() else letter for base, letter in plain).translate(_LETTERS)
