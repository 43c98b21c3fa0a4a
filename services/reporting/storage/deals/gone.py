"""Deals that count nowhere, as soon as that is known and of every moment: they were a mistake, or registered twice."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from services.reporting.domain.deals.history import Kind
from services.reporting.storage.moment import Moment
from services.reporting.storage.tables import deal_facts

_UNDONE_BY = {Kind.VOIDED: Kind.UNVOIDED, Kind.MERGED: Kind.UNMERGED}


def gone(moment: Moment) -> sa.CompoundSelect[tuple[UUID]]:
    """Select the deals of which it was known at a moment that they are voided or merged."""
    return sa.union_all(*(_still(moment, kind, undone_by) for kind, undone_by in _UNDONE_BY.items()))


def _still(moment: Moment, kind: Kind, undone_by: Kind) -> sa.Select[tuple[UUID]]:
    told, later = deal_facts.alias(), deal_facts.alias()
    undone = sa.exists().where(
        later.c.deal_id == told.c.deal_id,
        later.c.sequence > told.c.sequence,
        later.c.kind == undone_by.value,
        *_known(moment, later),
    )
    return sa.select(told.c.deal_id).where(told.c.kind == kind.value, *_known(moment, told), ~undone)


def _known(moment: Moment, facts: sa.FromClause) -> list[sa.ColumnElement[bool]]:
    return [facts.c.recorded_at <= moment.known_at] if moment.known_at is not None else []
