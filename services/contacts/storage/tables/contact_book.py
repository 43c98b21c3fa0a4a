"""Persons, legal entities, and how to reach them and partners."""

from __future__ import annotations

import sqlalchemy as sa

from services.contacts.storage.tables.schema import metadata

contact_persons = sa.Table(
    "contact_persons",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("partner_id", sa.Uuid, sa.ForeignKey("partners.id"), nullable=False, index=True),
    sa.Column("place", sa.Integer, nullable=False, doc="its place in the partner's list"),
    sa.Column("full_name", sa.String(250), nullable=False),
    sa.Column("job_title", sa.String(250)),
)


contact_points = sa.Table(
    "contact_points",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    # the partner also stands beside a person's points, so that all of a partner's come in one read
    sa.Column("partner_id", sa.Uuid, sa.ForeignKey("partners.id"), nullable=False, index=True),
    sa.Column("person_id", sa.Uuid, sa.ForeignKey("contact_persons.id"), index=True),
    sa.Column("place", sa.Integer, nullable=False, doc="its place in the owner's list"),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("value", sa.String(700), nullable=False),
    sa.Column("original", sa.String(500), nullable=False),
    sa.Column("is_primary", sa.Boolean, nullable=False),
    sa.Index(None, "value"),  # who has this number, this address
)


legal_entities = sa.Table(
    "legal_entities",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("name", sa.String(250), nullable=False),
    sa.Column("country", sa.String(2), nullable=False),
    sa.Column("tax_id", sa.String(50)),
    # empty instead of NULL where there is none: NULLs are all different to a unique index
    sa.Column("registration_reason_code", sa.String(20), nullable=False),
    sa.Index(None, "country", "tax_id", "registration_reason_code", unique=True),
)


partner_legal_entities = sa.Table(
    "partner_legal_entities",
    metadata,
    sa.Column("partner_id", sa.Uuid, sa.ForeignKey("partners.id"), primary_key=True),
    sa.Column("legal_entity_id", sa.Uuid, sa.ForeignKey("legal_entities.id"), primary_key=True, index=True),
    sa.Column("place", sa.Integer, nullable=False, doc="its place in the partner's list"),
)
