"""Knowing deals."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from chassis.events import Heard
from chassis.store.database import Transaction
from services.contacts.storage.copies import remember_deal
from services.contacts.storage.interactions import bring_interactions_under_partner
from services.contacts.storage.timeline import bring_under_partner


@dataclass(frozen=True, kw_only=True)
class DealHeard:
    """What contacts needs of a deal."""

    deal_id: UUID
    partner_id: UUID | None = None
    manager_id: UUID | None = None
    changed: list[str] = field(default_factory=list)


def know_deal(event: Heard, tx: Transaction) -> None:
    """Remember whose a deal is; what was on record while nobody knew it is brought under the partner it turned out to be."""
    deal = event.read(DealHeard)
    connection = tx.connection
    remember_deal(connection, deal.deal_id, event.sequence, partner_id=deal.partner_id, manager_id=deal.manager_id)
    if deal.partner_id is None:
        return
    # of a new deal only interactions can be on record already, and they hardly ever are: looking costs one read
    found = bring_interactions_under_partner(connection, deal.partner_id, deal.deal_id)
    if found or "partner_id" in deal.changed:
        bring_under_partner(connection, deal.partner_id, deal.deal_id)
