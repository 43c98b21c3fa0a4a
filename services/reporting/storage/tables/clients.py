"""Clients: what happened to the documents of their deals, what they prefer, what they asked for."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import UtcDateTime
from services.reporting.storage.tables.schema import KEY, metadata


def _times() -> list[sa.Column[object]]:
    return [
        sa.Column("occurred_at", UtcDateTime, nullable=False),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
    ]


def _money() -> list[sa.Column[object]]:
    return [
        sa.Column("currency", sa.String(3)),
        sa.Column("amount_minor", sa.BigInteger),
        sa.Column("base_minor", sa.BigInteger),
    ]


client_managers = sa.Table(
    "client_managers",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("sequence", sa.BigInteger, nullable=False),
    sa.Column("manager_id", sa.Uuid),
)
"""Who looks after each partner, as of now: whoever sees the partner's figures."""

deal_merges = sa.Table(
    "deal_merges",
    metadata,
    sa.Column("deal_id", sa.Uuid, primary_key=True),
    sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("into_id", sa.Uuid),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
)
"""Append-only: into which deal each was merged; NULL: it stands by itself again."""

proposal_facts = sa.Table(
    "proposal_facts",
    metadata,
    sa.Column("proposal_id", sa.Uuid, primary_key=True),
    sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("kind", sa.String(10), nullable=False),
    *_times(),
    sa.Column("deal_id", sa.Uuid, nullable=False, index=True),
    sa.Column("sent_at", UtcDateTime, nullable=False),
    sa.Column("valid_until", sa.Date, nullable=False),
    *_money(),
    sa.Column("response", sa.String(20)),
    sa.Column("reason", KEY),
    sa.Column("competitor_id", sa.Uuid),
    sa.Column("deferred_until", sa.Date),
)
"""Append-only: every fact of every version of a proposal that was sent."""

goods_facts = sa.Table(
    "goods_facts",
    metadata,
    sa.Column("deal_id", sa.Uuid, primary_key=True),
    sa.Column("document_id", sa.Uuid, primary_key=True),
    sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False, doc="of a shipment the deal's"),
    sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
    *_times(),
    sa.Column("returned", sa.Boolean, nullable=False),
    sa.Column("order_id", sa.Uuid, nullable=False),
    sa.Column("line", sa.Integer, nullable=False),
    sa.Column("product", sa.String(200), nullable=False),
    sa.Column("quantity", sa.BigInteger, nullable=False, doc="millionths"),
    *_money(),
)
"""Append-only: goods that left and goods that came back, each line of a shipment or return; amounts are never below zero."""

supply_facts = sa.Table(
    "supply_facts",
    metadata,
    sa.Column("supplier_order_id", sa.Uuid, primary_key=True),
    sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
    *_times(),
    sa.Column("deal_id", sa.Uuid, nullable=False, index=True),
    sa.Column("cancelled", sa.Boolean, nullable=False),
    sa.Column("order_id", sa.Uuid, nullable=False),
    sa.Column("line", sa.Integer, nullable=False),
    sa.Column("quantity", sa.BigInteger, nullable=False, doc="millionths"),
    *_money(),
)
"""Append-only: what is bought for a line of a customer order, and what of it will not come."""

obligation_facts = sa.Table(
    "obligation_facts",
    metadata,
    sa.Column("obligation_id", sa.Uuid, primary_key=True),
    sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
    *_times(),
    sa.Column("deal_id", sa.Uuid, nullable=False, index=True),
    sa.Column("debtor", sa.String(10), nullable=False),
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("cancelled", sa.Boolean, nullable=False),
    sa.Column("currency", sa.String(3)),
    sa.Column("size", sa.BigInteger, nullable=False, doc="minor units; without a currency millionths of a quantity"),
    sa.Column("base_minor", sa.BigInteger),
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Column("original_due_on", sa.Date, nullable=False),
    sa.Column("part", sa.BigInteger, doc="what this fact fulfils of it; less than zero takes as much back"),
    sa.Column("fulfilled_on", sa.Date),
)
"""Append-only: each obligation as it stood after each of its events, and what was fulfilled by it."""

payment_facts = sa.Table(
    "payment_facts",
    metadata,
    sa.Column("payment_id", sa.Uuid, primary_key=True),
    sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
    *_times(),
    sa.Column("deal_id", sa.Uuid, nullable=False, index=True),
    sa.Column("reversed", sa.Boolean, nullable=False),
    *_money(),
)
"""Append-only: money that came, and money that went back."""

preference_facts = sa.Table(
    "preference_facts",
    metadata,
    sa.Column("preference_id", sa.Uuid, primary_key=True),
    sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
    *_times(),
    sa.Column("partner_id", sa.Uuid, nullable=False, index=True),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("key", KEY, nullable=False),
    sa.Column("weight", sa.Integer, doc="ten-thousandths; NULL where a fact only ends it"),
    sa.Column("source", sa.String(10)),
    sa.Column("valid_from", sa.Date),
    sa.Column("valid_to", sa.Date),
)
"""Append-only: what each partner prefers, and until when."""

interest_facts = sa.Table(
    "interest_facts",
    metadata,
    sa.Column("interest_id", sa.Uuid, primary_key=True),
    sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
    *_times(),
    sa.Column("partner_id", sa.Uuid, nullable=False, index=True),
    sa.Column("status", sa.String(10), nullable=False),
    sa.Column("currency", sa.String(3)),
    sa.Column("amount_minor", sa.BigInteger),
)
"""Append-only: what partners asked for, and whether it was met."""
