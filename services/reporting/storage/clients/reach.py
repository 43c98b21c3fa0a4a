"""Which clients there are for an actor."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa

from services.reporting.storage.clients.managers import looked_after_by
from services.reporting.storage.merged_partners import with_merged
from services.reporting.storage.tables import merged_partners, partners


def family_seen(
    connection: sa.Connection, partner_id: UUID, managers: frozenset[UUID | None] | None
) -> frozenset[UUID] | None:
    """Give a partner with all that are one with it; None where it is not known, or not one of these managers' (None: all).

    A merged partner is seen by whoever sees the one that it turned out to be.
    """
    if connection.execute(sa.select(partners.c.id).where(partners.c.id == partner_id)).first() is None:
        return None
    family = with_merged(connection, [partner_id])
    if managers is not None:
        here = sa.select(partners.c.id).where(
            partners.c.id == survivor_of(connection, family, partner_id), looked_after_by(partners.c.id, managers)
        )
        if connection.execute(here).first() is None:
            return None
    return family


def survivor_of(connection: sa.Connection, family: Collection[UUID], partner_id: UUID) -> UUID:
    """Name the one of a family that the others were merged into."""
    if len(family) == 1:
        return partner_id
    m = merged_partners.c
    merged = set(connection.execute(sa.select(m.id).where(m.id.in_(family), m.into_id.is_not(None))).scalars())
    return min(set(family) - merged, default=partner_id)
