"""What belongs to several deals, as far as an actor reaches them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from services.deals.storage.reach import within_reach
from services.deals.storage.tables import deals


def of_reached_deals(actor: Actor, deal_id: sa.ColumnElement[UUID]) -> tuple[sa.ColumnElement[bool], ...]:
    """Give the conditions for rows of deals that an actor reaches; `deal_id` is the rows' column."""
    reach = within_reach(actor, deals.c.manager_id)
    return (deal_id.in_(sa.select(deals.c.id).where(*reach)),) if reach else ()


def of_these_deals(
    actor: Actor, deal_id: sa.ColumnElement[UUID], deal_ids: Sequence[UUID]
) -> tuple[sa.ColumnElement[bool], ...]:
    """Give the conditions for rows of these deals, as far as an actor reaches them."""
    if not within_reach(actor, deals.c.manager_id):
        return (deal_id.in_(deal_ids),)
    return (
        deal_id.in_(sa.select(deals.c.id).where(deals.c.id.in_(deal_ids), *within_reach(actor, deals.c.manager_id))),
    )
