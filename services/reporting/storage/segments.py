"""Who belongs to segments, at any moment."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.reporting.storage.moment import Moment
from services.reporting.storage.tables import segment_facts

_s = segment_facts.c


def members(moment: Moment, segment_ids: Collection[UUID] | None = None) -> sa.Select[Any]:
    """Select (segment_id, partner_id) of those who belong to some segments, or to any, at a moment."""
    place = sa.func.row_number().over(partition_by=(_s.segment_id, _s.partner_id), order_by=_s.sequence.desc())
    conditions = moment.until(segment_facts)
    if segment_ids is not None:
        conditions.append(_s.segment_id.in_(segment_ids))
    told = sa.select(_s.segment_id, _s.partner_id, _s.belongs, place.label("place")).where(*conditions).subquery()
    return sa.select(told.c.segment_id, told.c.partner_id).where(told.c.place == 1, told.c.belongs)
