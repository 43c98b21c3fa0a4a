"""Partners as keys: those that are one have one key."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import sqlalchemy as sa

from services.reporting.storage.tables import merged_partners

_m = merged_partners.c


def survivor_keys(connection: sa.Connection) -> Callable[[UUID | None], str | None]:
    """Give what tells of a partner the key of the one that survives, as it is known now; None for none."""
    read = sa.select(_m.id, _m.into_id).where(_m.into_id.is_not(None))
    into = {row.id: row.into_id for row in connection.execute(read)}

    def key(partner_id: UUID | None) -> str | None:
        if partner_id is None:
            return None
        passed = {partner_id}  # events come in any order: for a moment two partners may seem to lead to each other
        while (next_id := into.get(partner_id)) is not None and next_id not in passed:
            passed.add(next_id)
            partner_id = next_id
        return str(min(passed) if next_id is not None else partner_id)

    return key
