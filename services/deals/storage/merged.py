"""Merged deals in reads: pointers are resolved, nothing is rewritten, so that undoing gives back what was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import SYSTEM, Actor
from services.deals.storage.reach import within_reach
from services.deals.storage.tables import deals


def with_merged(actor: Actor, deal_ids: Sequence[UUID]) -> sa.CTE:
    """Give deals within reach, each with all that were merged into it: rows of `asked` and `id`.

    of = with_merged(actor, query.deal_ids)
    sa.select(shipments, of.c.asked).join(of, of.c.id == shipments.c.deal_id)
    """
    asked = sa.select(deals.c.id.label("asked"), deals.c.id).where(
        deals.c.id.in_(deal_ids), *within_reach(actor, deals.c.manager_id)
    )
    found = asked.cte("with_merged", recursive=True)
    merged = sa.select(found.c.asked, deals.c.id).join(found, deals.c.merged_into_id == found.c.id)
    return found.union_all(merged)


def all_of(deal_ids: Sequence[UUID]) -> sa.Select[tuple[UUID]]:
    """Select the ids of deals and of all that were merged into them, for conditions of rows whose reach is asked apart."""
    return sa.select(with_merged(SYSTEM, deal_ids).c.id)


def survivors(connection: sa.Connection, pointers: Mapping[UUID, UUID]) -> dict[UUID, UUID]:
    """Follow the pointers of merged deals to the deals that survive, however often these were merged themselves."""
    found = dict(pointers)
    ends = set(found.values())
    while ends:
        further = sa.select(deals.c.id, deals.c.merged_into_id)
        rows = connection.execute(further.where(deals.c.id.in_(ends), deals.c.merged_into_id.is_not(None))).all()
        step = {row.id: row.merged_into_id for row in rows}
        found = {merged: step.get(end, end) for merged, end in found.items()}
        ends = set(step.values())
    return found
