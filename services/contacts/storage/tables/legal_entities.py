"""Legal entities, their numbers and accounts, and the partners they sign for."""

from __future__ import annotations

import sqlalchemy as sa

from services.contacts.storage.tables.schema import SearchText, metadata

legal_entities = sa.Table(
    "legal_entities",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("version", sa.BigInteger, nullable=False, server_default="1"),
    sa.Column("name", sa.String(250), nullable=False),
    sa.Column("name_search", SearchText, nullable=False, server_default=""),
    sa.Column("full_name", sa.String(500)),
    sa.Column("country", sa.String(2), nullable=False),
    sa.Column("tax_id", sa.String(50)),
    # empty instead of NULL where there is none: NULLs are all different to a unique index
    sa.Column("registration_reason_code", sa.String(20), nullable=False),
    sa.Column("registered_on", sa.Date, doc="the day of its entry in the state's register"),
    sa.Index(None, "country", "tax_id", "registration_reason_code", unique=True),
    sa.Index(None, "tax_id"),
    sa.Index(None, "name_search", "id"),
)

tax_ids = sa.Table(
    "tax_ids",
    metadata,
    sa.Column("legal_entity_id", sa.Uuid, sa.ForeignKey("legal_entities.id"), primary_key=True),
    sa.Column("kind", sa.String(10), primary_key=True),
    sa.Column("number", sa.String(50), nullable=False, index=True),
)

bank_accounts = sa.Table(
    "bank_accounts",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("legal_entity_id", sa.Uuid, sa.ForeignKey("legal_entities.id"), nullable=False, index=True),
    sa.Column("place", sa.Integer, nullable=False, doc="its place in the entity's list"),
    sa.Column("bank_name", sa.String(250), nullable=False),
    sa.Column("bic", sa.String(11)),
    sa.Column("iban", sa.String(34)),
    sa.Column("account", sa.String(34)),
    sa.Column("correspondent_account", sa.String(34)),
    sa.Column("currency", sa.String(3), nullable=False),
    sa.Column("is_primary", sa.Boolean, nullable=False),
)

partner_legal_entities = sa.Table(
    "partner_legal_entities",
    metadata,
    sa.Column("partner_id", sa.Uuid, sa.ForeignKey("partners.id"), primary_key=True),
    sa.Column("legal_entity_id", sa.Uuid, sa.ForeignKey("legal_entities.id"), primary_key=True, index=True),
    sa.Column("place", sa.Integer, nullable=False, doc="its place in the partner's list"),
    sa.Column("role", sa.String(20), nullable=False, server_default="CONTRACTING"),
    sa.Column("valid_from", sa.Date),
    sa.Column("valid_to", sa.Date, doc="the first day on which it holds no more"),
)
