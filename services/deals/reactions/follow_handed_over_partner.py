"""Follow a partner that is handed over to another manager."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import SYSTEM
from chassis.events import Heard
from chassis.store.database import Transaction
from services.deals.commands.hand_over_deals import give_to
from services.deals.storage.deals import Deals
from services.deals.storage.merged_partners import families


@dataclass(frozen=True, kw_only=True)
class PartnerHandedOver:
    """What this service reads of `partner.handed_over`: whether the deals go along, and from whom to whom."""

    partner_id: UUID
    old_manager_id: UUID | None = None
    manager_id: UUID
    deals: bool = False


def follow_handed_over_partner(event: Heard, tx: Transaction) -> None:
    """Give the partner's deals in progress that were the old manager's to the new one, where that was asked for."""
    told = event.read(PartnerHandedOver)
    if not told.deals or told.old_manager_id is None:
        return
    deals = Deals(tx, SYSTEM)
    family = families(tx.connection, [told.partner_id])[told.partner_id]
    theirs = deals.open_of(manager_id=told.old_manager_id, partner_ids=family)
    give_to(told.manager_id, theirs, deals, tx)
