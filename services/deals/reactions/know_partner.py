"""Know who manages a partner."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.events import Heard
from chassis.store.database import Transaction
from services.deals.storage.copies import keep_newest
from services.deals.storage.tables import partners


@dataclass(frozen=True, kw_only=True)
class PartnerTold:
    """What this service reads of `partner.registered` and `partner.changed`."""

    partner_id: UUID
    manager_id: UUID | None = None


def know_partner(event: Heard, tx: Transaction) -> None:
    """Keep the partner's manager: new deals of the partner are theirs."""
    told = event.read(PartnerTold)
    keep_newest(tx, partners, {"id": told.partner_id, "version": event.sequence, "manager_id": told.manager_id})
