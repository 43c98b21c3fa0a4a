"""Hear of who belongs to a segment."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.events import Heard
from chassis.store.database import Transaction
from services.reporting.storage.copies import keep
from services.reporting.storage.tables import segment_facts


@dataclass(frozen=True, kw_only=True)
class MemberHeard:
    """What reporting needs of a member."""

    segment_id: UUID
    partner_id: UUID


def know_segment_member(event: Heard, tx: Transaction) -> None:
    """Keep that a partner belongs to a segment from this event on, or does not any more."""
    heard = event.read(MemberHeard)
    row = {
        "segment_id": heard.segment_id,
        "sequence": event.sequence,
        "occurred_at": event.occurred_at,
        "recorded_at": event.recorded_at,
        "partner_id": heard.partner_id,
        "belongs": event.type == "segment.member_added",
    }
    keep(tx.connection, segment_facts, row)
