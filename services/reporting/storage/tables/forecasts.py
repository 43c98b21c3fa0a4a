"""Rates, and forecasts as they were: snapshots are kept for ever and follow from no event, so a replay leaves them alone."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import UtcDateTime
from services.reporting.storage.tables.schema import KEY, metadata

rate_facts = sa.Table(
    "rate_facts",
    metadata,
    sa.Column("rate_id", sa.Uuid, primary_key=True),
    sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("currency", sa.String(3), nullable=False),
    sa.Column("rate_on", sa.Date, nullable=False),
    sa.Column("rate", sa.String(40), nullable=False, doc="base currency for one of the currency"),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
    sa.Index(None, "currency", "rate_on"),
)
"""Append-only: the exchange rates that became known."""

forecast_snapshots = sa.Table(
    "forecast_snapshots",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("taken_at", UtcDateTime, nullable=False, index=True),
    sa.Column("first_day", sa.Date, nullable=False),
    sa.Column("end_day", sa.Date, nullable=False, doc="the first one after the period"),
    sa.Column("method", sa.String(10), nullable=False),
    sa.Column("minimum_deals", sa.Integer, nullable=False),
    sa.Column("currency", sa.String(3), nullable=False),
)
"""Append-only: forecasts of a period, as they were at a moment."""

forecast_snapshot_cells = sa.Table(
    "forecast_snapshot_cells",
    metadata,
    sa.Column("snapshot_id", sa.Uuid, primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("process_key", KEY, nullable=False),
    sa.Column("manager_id", sa.Uuid),
    sa.Column("team_id", sa.Uuid, doc="of the manager at that moment"),
    sa.Column("won", sa.BigInteger, nullable=False),
    sa.Column("won_amount", sa.BigInteger, nullable=False),
    sa.Column("open", sa.BigInteger, nullable=False),
    sa.Column("open_amount", sa.BigInteger, nullable=False),
    sa.Column("weighted_amount", sa.BigInteger, nullable=False),
    sa.Column("overdue", sa.BigInteger, nullable=False),
    sa.Column("without_amount", sa.BigInteger, nullable=False),
    sa.Column("without_probability", sa.BigInteger, nullable=False),
    sa.Column("unconverted", sa.BigInteger, nullable=False),
)
"""Append-only: the forecast of a process and a manager, minor units."""

forecast_snapshot_deals = sa.Table(
    "forecast_snapshot_deals",
    metadata,
    sa.Column("snapshot_id", sa.Uuid, primary_key=True),
    sa.Column("deal_id", sa.Uuid, primary_key=True),
    sa.Column("process_key", KEY, nullable=False),
    sa.Column("manager_id", sa.Uuid),
    sa.Column("probability", sa.String(8), nullable=False, doc="with six decimal digits"),
)
"""Append-only: the deals that were expected to close in the period and had a probability."""

forecast_snapshot_rates = sa.Table(
    "forecast_snapshot_rates",
    metadata,
    sa.Column("snapshot_id", sa.Uuid, primary_key=True),
    sa.Column("currency", sa.String(3), primary_key=True),
    sa.Column("rate", sa.String(40), nullable=False),
)
"""Append-only: the rates in force at that moment, at which what was won is valued later."""
