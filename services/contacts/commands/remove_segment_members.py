"""Take partners out of a segment."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.segment_members import check_reach
from services.contacts.domain.problems import Problems
from services.contacts.storage.segments import Segments, segment_view


@dataclass(frozen=True, kw_only=True)
class RemoveSegmentMembers:
    """Ask that partners belong to a segment no more."""

    segment_id: UUID
    partner_ids: list[UUID]


def remove_segment_members(command: RemoveSegmentMembers, tx: Transaction, actor: Actor) -> Json:
    """Take partners out of a segment that is put together by hand, and answer it; who does not belong to it stays out."""
    actor.require("lists")
    segments, problems = Segments(tx), Problems()
    segment = segments.lock(command.segment_id)
    with problems.under():
        segment.require_by_hand()
    with problems.under():
        check_reach(command.partner_ids, tx, actor)
    problems.settle()
    return segment_view(segments.remove_members(segment, command.partner_ids))
