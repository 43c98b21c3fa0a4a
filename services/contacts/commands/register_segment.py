"""Register a segment."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.segment_members import check_reach, keep_in_line
from services.contacts.domain.problems import Problems
from services.contacts.domain.segment import Rule, Segment
from services.contacts.events import SegmentRegistered
from services.contacts.storage.segments import Segments, segment_view


@dataclass(frozen=True, kw_only=True)
class RegisterSegment:
    """Ask that a segment be made: by a rule, or by hand, with its first members."""

    name: str
    rule: Rule | None = None
    partner_ids: list[UUID] = field(default_factory=list)


def register_segment(command: RegisterSegment, tx: Transaction, actor: Actor) -> Json:
    """Make a segment and answer it; raise Refused with everything that does not fit."""
    actor.require("lists")
    problems, segment = Problems(), None
    with problems.under():
        segment = Segment.register(command.name, command.rule)
    with problems.under():
        if command.partner_ids and segment is not None:
            segment.require_by_hand()
        check_reach(command.partner_ids, tx, actor)
    problems.settle()
    assert segment is not None
    segments = Segments(tx)
    segments.add(segment)
    tx.emit(SegmentRegistered.of(segment, tx.now))
    if segment.rule is None:
        segments.add_members(segment, command.partner_ids)
    else:
        keep_in_line(segment, tx)
    return segment_view(segment)
