"""The facts of clients: what they answer, get, owe, pay, prefer, asked for, and who looks after them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from chassis.store.types import UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_NAMES_PARTNER = sa.text("kind IN ('OPENED', 'CHANGED')")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "client_managers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("manager_id", sa.Uuid()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_managers")),
    )
    op.create_table(
        "deal_merges",
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("into_id", sa.Uuid()),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("deal_id", "sequence", name=op.f("pk_deal_merges")),
    )
    op.create_table(
        "goods_facts",
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("occurred_at", UtcDateTime, nullable=False),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.Column("returned", sa.Boolean(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("product", sa.String(length=200), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3)),
        sa.Column("amount_minor", sa.BigInteger()),
        sa.Column("base_minor", sa.BigInteger()),
        sa.PrimaryKeyConstraint("deal_id", "document_id", "sequence", "place", name=op.f("pk_goods_facts")),
    )
    op.create_table(
        "interest_facts",
        sa.Column("interest_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("occurred_at", UtcDateTime, nullable=False),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("currency", sa.String(length=3)),
        sa.Column("amount_minor", sa.BigInteger()),
        sa.PrimaryKeyConstraint("interest_id", "sequence", name=op.f("pk_interest_facts")),
    )
    op.create_index(op.f("ix_interest_facts_partner_id"), "interest_facts", ["partner_id"])
    op.create_table(
        "obligation_facts",
        sa.Column("obligation_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("occurred_at", UtcDateTime, nullable=False),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("debtor", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.Column("currency", sa.String(length=3)),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("base_minor", sa.BigInteger()),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("original_due_on", sa.Date(), nullable=False),
        sa.Column("part", sa.BigInteger()),
        sa.Column("fulfilled_on", sa.Date()),
        sa.PrimaryKeyConstraint("obligation_id", "sequence", name=op.f("pk_obligation_facts")),
    )
    op.create_index(op.f("ix_obligation_facts_deal_id"), "obligation_facts", ["deal_id"])
    op.create_table(
        "payment_facts",
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("occurred_at", UtcDateTime, nullable=False),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("reversed", sa.Boolean(), nullable=False),
        sa.Column("currency", sa.String(length=3)),
        sa.Column("amount_minor", sa.BigInteger()),
        sa.Column("base_minor", sa.BigInteger()),
        sa.PrimaryKeyConstraint("payment_id", "sequence", name=op.f("pk_payment_facts")),
    )
    op.create_index(op.f("ix_payment_facts_deal_id"), "payment_facts", ["deal_id"])
    op.create_table(
        "preference_facts",
        sa.Column("preference_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("occurred_at", UtcDateTime, nullable=False),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("weight", sa.Integer()),
        sa.Column("source", sa.String(length=10)),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_to", sa.Date()),
        sa.PrimaryKeyConstraint("preference_id", "sequence", name=op.f("pk_preference_facts")),
    )
    op.create_index(op.f("ix_preference_facts_partner_id"), "preference_facts", ["partner_id"])
    op.create_table(
        "proposal_facts",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("occurred_at", UtcDateTime, nullable=False),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("sent_at", UtcDateTime, nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("currency", sa.String(length=3)),
        sa.Column("amount_minor", sa.BigInteger()),
        sa.Column("base_minor", sa.BigInteger()),
        sa.Column("response", sa.String(length=20)),
        sa.Column("reason", sa.String(length=100)),
        sa.Column("competitor_id", sa.Uuid()),
        sa.Column("deferred_until", sa.Date()),
        sa.PrimaryKeyConstraint("proposal_id", "sequence", name=op.f("pk_proposal_facts")),
    )
    op.create_index(op.f("ix_proposal_facts_deal_id"), "proposal_facts", ["deal_id"])
    op.create_table(
        "supply_facts",
        sa.Column("supplier_order_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("occurred_at", UtcDateTime, nullable=False),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3)),
        sa.Column("amount_minor", sa.BigInteger()),
        sa.Column("base_minor", sa.BigInteger()),
        sa.PrimaryKeyConstraint("supplier_order_id", "sequence", "place", name=op.f("pk_supply_facts")),
    )
    op.create_index(op.f("ix_supply_facts_deal_id"), "supply_facts", ["deal_id"])

    op.create_index(
        op.f("ix_deal_facts_partner_id"),
        "deal_facts",
        ["partner_id"],
        postgresql_where=_NAMES_PARTNER,
        sqlite_where=_NAMES_PARTNER,
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_index(op.f("ix_deal_facts_partner_id"), "deal_facts")
    op.drop_table("supply_facts")
    op.drop_table("proposal_facts")
    op.drop_table("preference_facts")
    op.drop_table("payment_facts")
    op.drop_table("obligation_facts")
    op.drop_table("interest_facts")
    op.drop_table("goods_facts")
    op.drop_table("deal_merges")
    op.drop_table("client_managers")
