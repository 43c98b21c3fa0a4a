"""What is told of partners that are handed over, beside that they changed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.events import Published
from services.contacts.domain.hand_over import HandOver
from services.contacts.domain.partner import Partner


@dataclass(frozen=True, kw_only=True)
class PartnerHandedOver(Published, type="partner.handed_over", subject="partner_id"):
    """A partner went from a manager to another one; `deals` says whether their deals in progress are to go along."""

    partner_id: UUID
    old_manager_id: UUID
    manager_id: UUID
    deals: bool

    @classmethod
    def of(cls, partner: Partner, hand_over: HandOver) -> PartnerHandedOver:
        """Tell of a partner that was handed over."""
        return cls(
            sequence=partner.version,
            occurred_at=hand_over.asked_at,
            partner_id=partner.id,
            old_manager_id=hand_over.from_manager_id,
            manager_id=hand_over.to_manager_id,
            deals=hand_over.deals,
        )
