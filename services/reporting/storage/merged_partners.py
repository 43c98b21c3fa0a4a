"""Merged partners, as they are known now: the figures of all count under the one that survives."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa

from chassis.store.database import Transaction
from services.reporting.storage.copies import keep
from services.reporting.storage.tables import merged_partners

_m = merged_partners.c


def point(tx: Transaction, partner_id: UUID, into_id: UUID | None, sequence: int) -> None:
    """Keep into which partner one was merged, None where it stands by itself again, unless something later was heard."""
    keep(tx.connection, merged_partners, {"id": partner_id, "sequence": 0, "into_id": None})
    older = merged_partners.update().where(_m.id == partner_id, _m.sequence < sequence)
    tx.connection.execute(older.values(sequence=sequence, into_id=into_id))


def with_merged(connection: sa.Connection, partner_ids: Collection[UUID]) -> frozenset[UUID]:
    """Give partners and all that are one with them, whichever way the pointers lead."""
    pairs = _pairs()
    found = sa.select(pairs.c.other.label("id")).where(pairs.c.one.in_(partner_ids)).cte("one_with", recursive=True)
    found = found.union(sa.select(pairs.c.other).join(found, pairs.c.one == found.c.id))
    return frozenset(partner_ids) | frozenset(connection.execute(sa.select(found.c.id)).scalars())


def all_one_with(partner_ids: sa.Select[tuple[UUID]]) -> sa.Select[tuple[UUID]]:
    """Select partners that a statement selects and all that are one with them."""
    pairs = _pairs()
    found = sa.select(partner_ids.subquery().c[0].label("id")).cte("all_one_with", recursive=True)
    found = found.union(sa.select(pairs.c.other).join(found, pairs.c.one == found.c.id))
    return sa.select(found.c.id)


def survivors(connection: sa.Connection) -> dict[UUID, UUID]:
    """Give, of each merged partner, the one as which it counts."""
    into = {
        row.id: row.into_id for row in connection.execute(sa.select(_m.id, _m.into_id).where(_m.into_id.is_not(None)))
    }
    found = {}
    for partner_id in into:
        last, passed = partner_id, {partner_id}
        while (following := into.get(last)) is not None and following not in passed:
            passed.add(last := following)
        found[partner_id] = last
    return found


def _pairs() -> sa.Subquery:
    named = sa.select(_m.id.label("one"), _m.into_id.label("other")).where(_m.into_id.is_not(None))
    return sa.union_all(named, sa.select(_m.into_id, _m.id).where(_m.into_id.is_not(None))).subquery()
