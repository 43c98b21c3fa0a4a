"""Bring the members of a segment in line with its rule: what days alone change, and what is left of a large change."""

from __future__ import annotations

from uuid import UUID

from chassis.store.database import Transaction
from chassis.store.timers import Due
from services.contacts.commands.segment_members import keep_in_line
from services.contacts.storage.segments import Segments


def review_segment(due: Due, tx: Transaction) -> None:
    """Let a batch of partners come or go, and look again: at once where there are more, else in an hour."""
    segment = Segments(tx).find(UUID(due.key))
    if segment is not None and segment.rule is not None:
        keep_in_line(segment, tx)
