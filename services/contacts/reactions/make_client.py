"""A won deal, or a confirmed order, makes a client of its partner."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import SYSTEM
from chassis.events import Heard
from chassis.store.database import Transaction
from services.contacts.events import PartnerChanged
from services.contacts.storage.changes import Changes
from services.contacts.storage.partners import Partners


@dataclass(frozen=True, kw_only=True)
class Sold:
    """What is needed of deal.won and of customer_order.confirmed."""

    partner_id: UUID | None = None


def make_client(event: Heard, tx: Transaction) -> None:
    """Give the partner of a won deal or a confirmed order the role CLIENT; who has it already stays as they are."""
    sold: Sold = event.read(Sold)
    partners = Partners(tx)
    before = partners.find(sold.partner_id) if sold.partner_id is not None else None
    if before is None:  # nobody knows who bought, or the deal came from a copy older than ours
        return
    after = before.become_client()
    if after == before:
        return
    after = after.next_version()
    partners.save([after])
    Changes(tx, SYSTEM).record(before, after, {})
    tx.emit(PartnerChanged.of(after, ("roles",), event.occurred_at))
