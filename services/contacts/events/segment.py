"""What is told of segments: that there is one, and who comes to belong to it or ceases to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis.events import Published
from services.contacts.domain.segment import Segment


@dataclass(frozen=True, kw_only=True)
class SegmentRegistered(Published, type="segment.registered", subject="segment_id"):
    """There is a new segment; `ruled` says whether a rule makes its members."""

    segment_id: UUID
    ruled: bool

    @classmethod
    def of(cls, segment: Segment, at: datetime) -> SegmentRegistered:
        """Tell of a new segment."""
        return cls(sequence=segment.sequence, occurred_at=at, segment_id=segment.id, ruled=segment.rule is not None)


@dataclass(frozen=True, kw_only=True)
class SegmentChanged(Published, type="segment.changed", subject="segment_id"):
    """The name or the rule of a segment changed; `changed` names which."""

    segment_id: UUID
    changed: tuple[str, ...]

    @classmethod
    def of(cls, segment: Segment, changed: Iterable[str], at: datetime) -> SegmentChanged:
        """Tell what changed of a segment."""
        return cls(sequence=segment.sequence, occurred_at=at, segment_id=segment.id, changed=tuple(changed))


@dataclass(frozen=True, kw_only=True)
class SegmentMemberAdded(Published, type="segment.member_added", subject="segment_id"):
    """A partner belongs to a segment from now on."""

    segment_id: UUID
    partner_id: UUID

    @classmethod
    def of(cls, segment: Segment, partner_id: UUID, at: datetime) -> SegmentMemberAdded:
        """Tell of a new member."""
        return cls(sequence=segment.sequence, occurred_at=at, segment_id=segment.id, partner_id=partner_id)


@dataclass(frozen=True, kw_only=True)
class SegmentMemberRemoved(Published, type="segment.member_removed", subject="segment_id"):
    """A partner belongs to a segment no more."""

    segment_id: UUID
    partner_id: UUID

    @classmethod
    def of(cls, segment: Segment, partner_id: UUID, at: datetime) -> SegmentMemberRemoved:
        """Tell of a member that has gone."""
        return cls(sequence=segment.sequence, occurred_at=at, segment_id=segment.id, partner_id=partner_id)
