"""Know which partners belong to a segment: typical sale terms hold for them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.events import Heard
from chassis.store.database import Transaction
from services.deals.storage.tables import segment_members


@dataclass(frozen=True, kw_only=True)
class MemberTold:
    """What this service reads of `segment.member_added` and `segment.member_removed`."""

    segment_id: UUID
    partner_id: UUID


def know_member(event: Heard, tx: Transaction) -> None:
    """Keep that a partner belongs to a segment."""
    _keep(event, tx, belongs=True)


def forget_member(event: Heard, tx: Transaction) -> None:
    """Keep that a partner belongs to a segment no more."""
    _keep(event, tx, belongs=False)


def _keep(event: Heard, tx: Transaction, *, belongs: bool) -> None:
    """Store it unless newer word of the same is there: events may come in disorder."""
    told, m = event.read(MemberTold), segment_members.c
    this = sa.and_(m.segment_id == told.segment_id, m.partner_id == told.partner_id)
    row = {"version": event.sequence, "belongs": belongs}
    known = tx.connection.execute(sa.select(m.version).where(this)).scalar()
    if known is None:
        made = {"segment_id": told.segment_id, "partner_id": told.partner_id}
        tx.connection.execute(segment_members.insert(), row | made)
    elif known < event.sequence:
        tx.connection.execute(segment_members.update().where(this), row)
