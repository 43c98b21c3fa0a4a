"""Deals that were merged, as far as claims has heard: what belongs to them is shown with the one that survives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from services.claims.storage.tables import deals


def with_merged(connection: sa.Connection, deal_ids: Sequence[UUID]) -> list[list[UUID]]:
    """Give each deal with all that were merged into it, directly or by way of others, in the order of the deals."""
    direct = sa.select(deals.c.merged_into_id.label("asked"), deals.c.id).where(deals.c.merged_into_id.in_(deal_ids))
    found = direct.cte("with_merged", recursive=True)
    further = sa.select(found.c.asked, deals.c.id).join(found, deals.c.merged_into_id == found.c.id)
    merged: dict[UUID, list[UUID]] = defaultdict(list)
    for row in connection.execute(sa.select(found.union_all(further))):
        merged[row.asked].append(row.id)
    return [[deal_id, *merged[deal_id]] for deal_id in deal_ids]
