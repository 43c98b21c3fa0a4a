"""Holds in the database: their intervals, and the timers that end them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chassis.store.database import Transaction
from services.deals.domain.deal import Deal
from services.deals.storage.tables import holds

RESUME = "deals.resume"
"""The timer that resumes a deal; its key is the deal's id."""


def follow_hold(tx: Transaction, before: Mapping[str, Any], deal: Deal) -> None:
    """Open or close the interval of a deal whose hold has changed, and set or take away its timer."""
    since = deal.hold.since if deal.hold else None
    if since != before["held_since"]:
        if before["held_since"] is not None:
            under_way = (holds.c.deal_id == deal.id, holds.c.ended_at.is_(None))
            tx.connection.execute(holds.update().where(*under_way), {"ended_at": deal.last_fact_at})
        if since is not None:
            row = {"deal_id": deal.id, "sequence": deal.version, "held_at": since, "ended_at": None}
            tx.connection.execute(holds.insert(), row)
    wanted, was = _due(deal), _was_due(before)
    if wanted == was:
        return
    if wanted is None:
        tx.cancel(RESUME, str(deal.id))
    else:
        tx.schedule(RESUME, str(deal.id), wanted, {"deal_id": deal.id})


def _due(deal: Deal) -> datetime | None:
    """Tell when a deal resumes by itself: one that counts nowhere waits until it counts again."""
    return deal.hold.until if deal.hold and deal.is_counted else None


def _was_due(row: Mapping[str, Any]) -> datetime | None:
    counted = row["voided_at"] is None and row["merged_into_id"] is None
    return row["held_until"] if counted else None
