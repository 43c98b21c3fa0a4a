"""The timeline, and the copies of deals and claims by which its rows are shown or not."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import Json, UtcDateTime
from services.contacts.storage.tables.schema import metadata

timeline = sa.Table(
    "timeline",
    metadata,
    sa.Column("entry_id", sa.Uuid, primary_key=True),
    # a fact about three persons has three rows, which differ in what they stand under; nearly every fact has one
    sa.Column("place", sa.SmallInteger, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("source", sa.String(50), nullable=False),
    sa.Column("partner_id", sa.Uuid),
    sa.Column("deal_id", sa.Uuid),
    sa.Column("claim_id", sa.Uuid),
    sa.Column("manager_id", sa.Uuid),
    sa.Column("person_id", sa.Uuid),
    sa.Column("interaction_id", sa.Uuid),
    sa.Column("occurred_at", UtcDateTime, nullable=False),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
    sa.Column("details", Json, nullable=False),
    *(
        sa.Index(
            None,
            name,
            "occurred_at",
            "entry_id",
            postgresql_where=sa.text(f"{name} IS NOT NULL"),
            sqlite_where=sa.text(f"{name} IS NOT NULL"),
        )
        for name in ("partner_id", "deal_id", "claim_id", "manager_id", "person_id")
    ),
)
"""Append-only: each fact once under each of the things that it is about."""

deals = sa.Table(
    "deals",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("partner_id", sa.Uuid),
    sa.Column("manager_id", sa.Uuid),
    sa.Column("sequence", sa.BigInteger, nullable=False),
)
"""A copy: whose each deal is and who works on it."""

merged_deals = sa.Table(
    "merged_deals",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("into_id", sa.Uuid, index=True, doc="NULL: it stands by itself again"),
    sa.Column("sequence", sa.BigInteger, nullable=False),
)
"""A copy: which deal a merged one turned out to be."""

claims = sa.Table(
    "claims",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("partner_id", sa.Uuid),
    sa.Column("deal_id", sa.Uuid, doc="told only as the claim is registered"),
    sa.Column("assignee_id", sa.Uuid),
    sa.Column("sequence", sa.BigInteger, nullable=False),
)
"""A copy: whose each claim is and who works on it."""
