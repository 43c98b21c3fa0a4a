"""Following deals: what is told of them is recorded, and whose they are is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from chassis.events import Heard
from chassis.store.database import Transaction
from services.contacts.domain.timeline import FACTS
from services.contacts.reactions.record_facts import record_facts
from services.contacts.storage.copies import remember_deals
from services.contacts.storage.interactions import bring_interactions_under_partners
from services.contacts.storage.timeline import bring_under_partner

CHANGED = "deal.changed"
_KNOWN_BY = ("deal.opened", CHANGED)


@dataclass(frozen=True, kw_only=True)
class DealHeard:
    """What contacts needs of a deal."""

    deal_id: UUID
    partner_id: UUID | None = None
    manager_id: UUID | None = None
    changed: list[str] = field(default_factory=list)


def follow_deals(events: Sequence[Heard], tx: Transaction) -> None:
    """Record the facts of deals, then remember whose deals are.

    What was on record while nobody knew it is brought under the partner it turned out to be: facts of the same batch, too.
    """
    record_facts([event for event in events if event.type in FACTS["deals"]], tx)
    _know([event for event in events if event.type in _KNOWN_BY], tx)


def _know(events: Sequence[Heard], tx: Transaction) -> None:
    if not events:
        return
    connection = tx.connection
    told = [(event.sequence, event.read(DealHeard)) for event in sorted(events, key=lambda event: event.sequence)]
    newest = {deal.deal_id: (sequence, deal) for sequence, deal in told}
    remember_deals(
        connection,
        [
            {"id": id, "sequence": sequence, "partner_id": deal.partner_id, "manager_id": deal.manager_id}
            for id, (sequence, deal) in newest.items()
        ],
    )
    # of a new deal only interactions can be on record already, and they hardly ever are: looking costs one read
    partners = {deal.deal_id: deal.partner_id for _, deal in told if deal.partner_id is not None}
    found = bring_interactions_under_partners(connection, partners) if partners else set()
    found |= {deal.deal_id for _, deal in told if "partner_id" in deal.changed}
    for deal_id, partner_id in partners.items():
        if deal_id in found:
            bring_under_partner(connection, partner_id, deal_id)
