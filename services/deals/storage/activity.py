"""When something last happened about a deal, beside the facts of its own."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from chassis.store.database import Transaction
from services.deals.storage.tables import deals


def note_activity(tx: Transaction, deal_ids: Collection[UUID | None], at: datetime) -> None:
    """Note that something happened about deals; what happened earlier than is known changes nothing."""
    d = deals.c
    older = sa.or_(d.active_at.is_(None), d.active_at < at)
    tx.connection.execute(deals.update().where(d.id.in_(deal_ids), older).values(active_at=at))
