"""What belongs to several deals, as far as an actor reaches them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from services.deals.storage.merged import with_merged
from services.deals.storage.reach import within_reach
from services.deals.storage.tables import deals


def of_reached_deals(actor: Actor, deal_id: sa.ColumnElement[UUID]) -> tuple[sa.ColumnElement[bool], ...]:
    """Give the conditions for rows of deals that an actor reaches; `deal_id` is the rows' column."""
    reach = within_reach(actor, deals.c.manager_id)
    return (deal_id.in_(sa.select(deals.c.id).where(*reach)),) if reach else ()


def shown_under(reading: Reading, actor: Actor, deal_ids: Sequence[UUID]) -> dict[UUID, list[UUID]]:
    """Give the deals whose rows are shown, each with those of these deals under which they are.

    These are the deals themselves, as far as an actor reaches them, and all that were merged into them.
    """
    of = with_merged(actor, deal_ids)
    shown: dict[UUID, list[UUID]] = defaultdict(list)
    for row in reading.connection.execute(sa.select(of.c.id, of.c.asked)):
        shown[row.id].append(row.asked)
    return dict(shown)
