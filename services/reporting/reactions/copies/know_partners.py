"""Hear of new partners."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from chassis.events import Heard
from chassis.store.database import Transaction
from services.reporting.storage.tables import partners
from services.reporting.storage.writing import keep_all


@dataclass(frozen=True, kw_only=True)
class PartnerHeard:
    """What reporting needs of a partner."""

    partner_id: UUID
    source: str | None = None


def know_partners(events: Sequence[Heard], tx: Transaction) -> None:
    """Keep where partners came from."""
    heard = [(event.read(PartnerHeard), event.recorded_at) for event in events]
    rows = [{"id": one.partner_id, "source": one.source, "recorded_at": recorded_at} for one, recorded_at in heard]
    keep_all(tx.connection, partners, rows)
