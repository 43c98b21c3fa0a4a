"""Dated exchange rates, with what they were before they were corrected."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import UtcDateTime
from services.deals.storage.tables.schema import metadata

exchange_rates = sa.Table(
    "exchange_rates",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True, doc="of a currency's day: a correction keeps it"),
    sa.Column("version", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("currency", sa.String(3), nullable=False),
    sa.Column("base_currency", sa.String(3), nullable=False),
    sa.Column("rate_on", sa.Date, nullable=False),
    sa.Column("ten_billionths", sa.BigInteger, nullable=False, doc="the rate, exactly: SQLite keeps no decimals"),
    sa.Column("source", sa.String(100)),
    sa.Column("corrected", sa.Boolean, nullable=False, doc="a later version stands in its place"),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
    sa.Column("recorded_by", sa.String(200), nullable=False),
    sa.Index(
        "uq_exchange_rates_day",
        "base_currency",
        "currency",
        "rate_on",
        unique=True,
        postgresql_where=sa.text("NOT corrected"),
        sqlite_where=sa.text("NOT corrected"),
    ),
)
