"""Contact persons, and whom they work for."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import UtcDateTime
from services.contacts.storage.tables.schema import SearchText, metadata

contact_persons = sa.Table(
    "contact_persons",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("version", sa.BigInteger, nullable=False, server_default="1"),
    sa.Column("full_name", sa.String(250), nullable=False),
    sa.Column("name_search", SearchText, nullable=False, server_default=""),
    sa.Column("birthday", sa.Date),
    sa.Column("notes", sa.Text),
    sa.Column("time_zone", sa.String(64)),
    sa.Column("external_system", sa.String(100)),
    sa.Column("external_id", sa.String(200), doc="of an erased person a digest, so that an import knows who it was"),
    sa.Column("erased_at", UtcDateTime),
    sa.Index(None, "name_search", "id"),
    sa.Index(None, "external_system", "external_id", unique=True),
)


def _person_links(name: str, owner: str, owners: str) -> sa.Table:
    return sa.Table(
        name,
        metadata,
        sa.Column(owner, sa.Uuid, sa.ForeignKey(f"{owners}.id"), primary_key=True),
        sa.Column("person_id", sa.Uuid, sa.ForeignKey("contact_persons.id"), primary_key=True, index=True),
        sa.Column("place", sa.Integer, nullable=False, doc="its place in the owner's list"),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("job_title", sa.String(250)),
        sa.Column("valid_from", sa.Date),
        sa.Column("valid_to", sa.Date, doc="the first day on which it holds no more"),
    )


partner_persons = _person_links("partner_persons", "partner_id", "partners")
legal_entity_persons = _person_links("legal_entity_persons", "legal_entity_id", "legal_entities")
