"""Segments and their members: reading them for a change, writing them, and bringing members in line with rules."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.errors import refuse
from chassis.store.database import Transaction
from chassis.wire import Json, parse, plain
from services.contacts.domain.segment import Rule, Segment
from services.contacts.domain.text import name_key
from services.contacts.events import SegmentMemberAdded, SegmentMemberRemoved
from services.contacts.storage.segment_rules import meets
from services.contacts.storage.sql import insert_new, update_by_id
from services.contacts.storage.tables import partners, segment_members, segments

BATCH = 500
"""How many members come or go in one transaction."""

_m = segment_members.c


class Segments:
    """The segments as one transaction sees them."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._connection = tx.connection

    def lock(self, segment_id: UUID, *, expected_version: int | None = None) -> Segment:
        """Read a segment and hold it, and so its members, until the commit; raise Refused: NOT_FOUND or CONFLICT."""
        segment = self.find(segment_id)
        if segment is None:
            raise refuse("NOT_FOUND", f"there is no segment {segment_id}", "segment")
        if expected_version not in (None, segment.version):
            message = f"someone changed the segment: it is at version {segment.version} now; read it again"
            raise refuse("CONFLICT", message, "expectedVersion")
        return segment

    def find(self, segment_id: UUID) -> Segment | None:
        """Read a segment, if it is there, and hold it until the commit."""
        read = sa.select(segments).where(segments.c.id == segment_id).with_for_update(key_share=True)
        row = self._connection.execute(read).first()
        return _segment(row) if row is not None else None

    def ruled(self) -> list[Segment]:
        """Read the segments that have a rule, without holding them."""
        read = sa.select(segments).where(segments.c.rule.is_not(None)).order_by(segments.c.id)
        return [_segment(row) for row in self._connection.execute(read)]

    def add(self, segment: Segment) -> None:
        """Write a new segment; raise Refused with NAME_TAKEN if another has the name."""
        row = {**_row(segment), "registered_at": self._tx.now}
        insert_new(self._connection, segments, [row], "name_key")
        self._own_name(segment)

    def save(self, segment: Segment) -> None:
        """Write a segment that was read before; raise Refused with NAME_TAKEN if another has the name."""
        self._own_name(segment)
        update_by_id(self._connection, segments, [_row(segment)])

    def add_members(self, segment: Segment, partner_ids: Sequence[UUID]) -> Segment:
        """Make partners members of a segment that is held; those who are already stay as they are."""
        known = set(self._connection.execute(self._members_among(segment, partner_ids)).scalars())
        new = [id for id in dict.fromkeys(partner_ids) if id not in known]
        if new:
            rows = [{"segment_id": segment.id, "partner_id": id, "since": self._tx.now} for id in new]
            self._connection.execute(segment_members.insert(), rows)
        for id in new:
            segment = segment.told()
            self._tx.emit(SegmentMemberAdded.of(segment, id, self._tx.now))
        return self._counted(segment, new)

    def remove_members(self, segment: Segment, partner_ids: Collection[UUID]) -> Segment:
        """Let partners be members of a segment that is held no more; those who are none stay as they are."""
        gone: list[UUID] = list(self._connection.execute(self._members_among(segment, partner_ids)).scalars())
        if gone:
            self._connection.execute(
                segment_members.delete().where(_m.segment_id == segment.id, _m.partner_id.in_(gone))
            )
        for id in gone:
            segment = segment.told()
            self._tx.emit(SegmentMemberRemoved.of(segment, id, self._tx.now))
        return self._counted(segment, gone)

    def bring_in_line(self, segment: Segment, partner_ids: Collection[UUID] | None = None) -> bool:
        """Let the rule of a segment that is held say who its members are, among some partners or among all.

        Tell whether that is done: at most a batch of partners come or go at once.
        """
        coming, going = self.out_of_line(segment, partner_ids)
        self.remove_members(self.add_members(segment, coming), going)
        return len(coming) < BATCH and len(going) < BATCH

    def out_of_line(
        self, segment: Segment, partner_ids: Collection[UUID] | None = None
    ) -> tuple[list[UUID], list[UUID]]:
        """Give a batch of partners whom the rule makes members and who are none, and of members whom it does not."""
        assert segment.rule is not None
        meeting = meets(segment.rule, self._tx.now)
        member = sa.exists().where(_m.segment_id == segment.id, _m.partner_id == partners.c.id)
        read = sa.select(partners.c.id).order_by(partners.c.id).limit(BATCH)
        if partner_ids is not None:
            read = read.where(partners.c.id.in_(partner_ids))
        coming, going = read.where(meeting, ~member), read.where(~meeting, member)
        return list(self._connection.execute(coming).scalars()), list(self._connection.execute(going).scalars())

    def _members_among(self, segment: Segment, partner_ids: Collection[UUID]) -> sa.Select[Any]:
        return sa.select(_m.partner_id).where(_m.segment_id == segment.id, _m.partner_id.in_(partner_ids))

    def _counted(self, segment: Segment, told: Collection[UUID]) -> Segment:
        if told:
            this = segments.c.id == segment.id
            self._connection.execute(segments.update().where(this).values(sequence=segment.sequence))
        return segment

    def _own_name(self, segment: Segment) -> None:
        read = sa.select(segments.c.id).where(segments.c.name_key == name_key(segment.name))
        holder = self._connection.execute(read).scalar()
        if holder not in (None, segment.id):
            raise refuse("NAME_TAKEN", f"there is a segment {segment.name!r} already", "name", details=(str(holder),))


def segment_view(segment: Segment) -> Json:
    """Give a segment as it is answered."""
    return {"id": segment.id, "version": segment.version, "name": segment.name, "rule": segment.rule}


def segment_row_view(row: sa.Row[Any]) -> Json:
    """Give a row of segments as it is answered."""
    return segment_view(_segment(row))


def _segment(row: sa.Row[Any]) -> Segment:
    return Segment(
        id=row.id,
        version=row.version,
        sequence=row.sequence,
        name=row.name,
        rule=parse(Rule, row.rule) if row.rule is not None else None,
    )


def _row(segment: Segment) -> dict[str, Any]:
    return {
        "id": segment.id,
        "version": segment.version,
        "sequence": segment.sequence,
        "name": segment.name,
        "name_key": name_key(segment.name),
        "rule": plain(segment.rule),
    }
