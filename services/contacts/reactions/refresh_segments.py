"""What happens to a partner may make them a member of segments, or no member any more."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

import sqlalchemy as sa

from chassis.events import Heard
from chassis.store.database import Transaction
from services.contacts.storage.merged import survivors
from services.contacts.storage.segments import Segments
from services.contacts.storage.tables import partners

AFFECTING = (
    "partner.registered",
    "partner.changed",
    "partner.merged",
    "partner.unmerged",
    "interest.registered",
    "interest.closed",
    "interaction.registered",
    "interaction.corrected",
)
"""The facts of a partner, told by this service itself, that rules look at."""


@dataclass(frozen=True, kw_only=True)
class PartnersTold:
    """The partners that a fact is about."""

    partner_id: UUID | None = None
    into_id: UUID | None = None
    partner_ids: list[UUID] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class ManagerTold:
    """Whose manager's team, or other facts, changed."""

    manager_id: UUID


def refresh_segments(event: Heard, tx: Transaction) -> None:
    """Bring the segments of the partners that a fact is about in line with their rules.

    Commands tell and do not do this themselves: two of them at once would each decide without the other's change.
    """
    told = event.read(PartnersTold)
    ids = {*told.partner_ids, *(id for id in (told.partner_id, told.into_id) if id is not None)}
    # what is told of a merged partner is true of the one that it turned out to be
    _refresh(ids | set(survivors(tx.connection, ids).values()), tx)


def refresh_partners_of_manager(event: Heard, tx: Transaction) -> None:
    """Bring the segments of a manager's partners in line with their rules: the manager may be of another team now."""
    theirs = sa.select(partners.c.id).where(partners.c.manager_id == event.read(ManagerTold).manager_id)
    if Segments(tx).ruled():
        _refresh(list(tx.connection.execute(theirs).scalars()), tx)


def _refresh(partner_ids: Collection[UUID], tx: Transaction) -> None:
    if not partner_ids:
        return
    segments = Segments(tx)
    for segment in segments.ruled():
        if not any(segments.out_of_line(segment, partner_ids)):
            continue  # nearly always so, and then nothing is held
        held = segments.find(segment.id)
        while held is not None and held.rule is not None and not segments.bring_in_line(held, partner_ids):
            held = segments.find(segment.id)
