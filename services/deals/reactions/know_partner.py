"""Know who manages a partner, and what the partner is to us."""

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
    roles: tuple[str, ...] = ()


def know_partner(event: Heard, tx: Transaction) -> None:
    """Keep the partner's manager, whose its new deals are, and its roles: deals are lost to competitors only."""
    told = event.read(PartnerTold)
    row = {"id": told.partner_id, "version": event.sequence, "manager_id": told.manager_id, "roles": list(told.roles)}
    keep_newest(tx, partners, row)
