"""Deals and the facts of their way."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import BigId, Json, UtcDateTime
from services.deals.storage.tables.schema import metadata

deals = sa.Table(
    "deals",
    metadata,
    # the number is counted by the database: no lock is held for it, and none is given twice
    sa.Column("number", BigId, primary_key=True, autoincrement=True),
    sa.Column("id", sa.Uuid, nullable=False, unique=True),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("process_id", sa.Uuid, sa.ForeignKey("processes.id"), nullable=False),
    sa.Column("title", sa.String(500), nullable=False),
    sa.Column("search_text", sa.String(1500), nullable=False, doc="the title, case folded: SQLite folds ASCII only"),
    sa.Column("stage", sa.String(50)),
    sa.Column("highest_rank", sa.Integer, nullable=False),
    sa.Column("outcome", sa.String(20), nullable=False),
    sa.Column("partner_id", sa.Uuid),
    sa.Column("manager_id", sa.Uuid),
    sa.Column("amount_minor", sa.BigInteger),
    sa.Column("currency", sa.String(3)),
    sa.Column("base_minor", sa.BigInteger, doc="NULL: no rate is known"),
    sa.Column("valued_at", UtcDateTime, doc="whose day's rate gives the base; NULL: the base currency needs none"),
    sa.Column("products", Json, nullable=False),
    sa.Column("expected_close_on", sa.Date),
    sa.Column("planned_start_on", sa.Date, doc="when work on it is to begin"),
    sa.Column("probability", sa.String(6), doc="of winning it, 0 to 1; NULL: that of its stage"),
    sa.Column("stage_entered_at", UtcDateTime, doc="since when it stands at its stage; NULL: at none, or closed"),
    sa.Column("dwelt", Json, doc="seconds of earlier visits, by stage"),
    sa.Column("dwell_until", UtcDateTime, doc="when the allowed dwell at its stage is used up"),
    sa.Column("active_at", UtcDateTime, doc="when something last happened beside its own facts"),
    sa.Column("created_at", UtcDateTime, nullable=False, doc="when it began in the world"),
    sa.Column("closed_at", UtcDateTime),
    sa.Column("last_fact_at", UtcDateTime, nullable=False),
    sa.Column("loss_reason", sa.String(50), sa.ForeignKey("loss_reasons.key")),
    sa.Column("competitor_id", sa.Uuid),
    sa.Column("shipped", sa.Boolean, nullable=False, doc="a shipment completed what was ordered"),
    sa.Column("held_since", UtcDateTime, doc="NULL: not on hold"),
    sa.Column("held_until", UtcDateTime, doc="when it resumes by itself"),
    sa.Column("voided_at", UtcDateTime, doc="registered by mistake"),
    sa.Column("merged_into_id", sa.Uuid, doc="registered twice: the deal that survives"),
    sa.Column("external_system", sa.String(100)),
    sa.Column("external_id", sa.String(200)),
    sa.Column("recorded_at", UtcDateTime, nullable=False, doc="when we learned of it"),
    sa.UniqueConstraint("external_system", "external_id"),
    sa.Index("ix_deals_merged", "merged_into_id"),
    sa.Index("ix_deals_created", "created_at", "number"),
    sa.Index("ix_deals_partner", "partner_id", "created_at", "number"),
    sa.Index("ix_deals_manager", "manager_id", "created_at", "number"),
    # only deals in another currency are in it; rates that come later look for these
    sa.Index(
        "ix_deals_valued",
        "currency",
        "valued_at",
        postgresql_where=sa.text("valued_at IS NOT NULL"),
        sqlite_where=sa.text("valued_at IS NOT NULL"),
    ),
    sa.Index("ix_deals_upcoming", "planned_start_on", "number"),
    # word for word what lists are sorted by; SQLite, which binds the constants, would not use them
    sa.Index("ix_deals_amount", sa.text("coalesce(base_minor, -1)"), "number").ddl_if("postgresql"),
    sa.Index("ix_deals_expected_close", sa.text("coalesce(expected_close_on, '9999-12-31')"), "number").ddl_if(
        "postgresql"
    ),
    sa.Index("ix_deals_process", "process_id", "outcome", "stage"),
)


transitions = sa.Table(
    "transitions",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("deal_id", sa.Uuid, sa.ForeignKey("deals.id"), nullable=False),
    sa.Column("sequence", sa.BigInteger, nullable=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("from_stage", sa.String(50)),
    sa.Column("to_stage", sa.String(50)),
    sa.Column("from_rank", sa.Integer, doc="of the process version that the deal keeps"),
    sa.Column("to_rank", sa.Integer),
    sa.Column("previous_outcome", sa.String(20)),
    sa.Column("reason", sa.String(1000)),
    sa.Column("competitor_id", sa.Uuid),
    sa.Column("from_process_id", sa.Uuid, doc="where the deal went on in another version or process"),
    sa.Column("to_process_id", sa.Uuid),
    sa.Column("occurred_at", UtcDateTime, nullable=False),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
    sa.Column("recorded_by", sa.String(200), nullable=False),
    sa.UniqueConstraint("deal_id", "sequence"),
)
