"""Hear of a new partner."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.events import Heard
from chassis.store.database import Transaction
from services.reporting.storage.copies import keep
from services.reporting.storage.tables import partners


@dataclass(frozen=True, kw_only=True)
class PartnerHeard:
    """What reporting needs of a partner."""

    partner_id: UUID
    source: str | None = None


def know_partner(event: Heard, tx: Transaction) -> None:
    """Keep where a partner came from."""
    heard = event.read(PartnerHeard)
    keep(tx.connection, partners, {"id": heard.partner_id, "source": heard.source, "recorded_at": event.recorded_at})
