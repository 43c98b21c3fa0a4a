"""Change a segment's name or rule."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.segment_members import keep_in_line
from services.contacts.domain.problems import Problems
from services.contacts.domain.segment import Rule
from services.contacts.events import SegmentChanged
from services.contacts.storage.segments import Segments, segment_view


@dataclass(frozen=True, kw_only=True)
class ChangeSegment:
    """Ask that a segment have another name or rule; what is not given stays."""

    segment_id: UUID
    expected_version: int | None = None
    name: str | None = None
    rule: Rule | None = None


def change_segment(command: ChangeSegment, tx: Transaction, actor: Actor) -> Json:
    """Change a segment and answer it; where nothing differs nothing is written or told."""
    actor.require("lists")
    segments = Segments(tx)
    before = after = segments.lock(command.segment_id, expected_version=command.expected_version)
    problems = Problems()
    with problems.under():
        after = after.renamed(command.name) if command.name is not None else after
    with problems.under():
        after = after.ruled_by(command.rule) if command.rule is not None else after
    problems.settle()
    changed = [name for name in ("name", "rule") if getattr(after, name) != getattr(before, name)]
    if not changed:
        return segment_view(before)
    after = after.changed()
    segments.save(after)
    tx.emit(SegmentChanged.of(after, changed, tx.now))
    if "rule" in changed:
        keep_in_line(after, tx)
    return segment_view(after)
