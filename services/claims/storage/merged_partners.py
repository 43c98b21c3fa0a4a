"""Merged partners, as far as claims has heard: claims stay with whom they are of, and are found under the one that survives."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

import sqlalchemy as sa

from chassis.store.database import Transaction
from services.claims.storage.copies import remember
from services.claims.storage.tables import merged_partners

_m = merged_partners.c


def point(tx: Transaction, partner_id: UUID, into_id: UUID | None, sequence: int) -> None:
    """Keep into which partner one was merged, None where it stands by itself again, unless something later was heard."""
    touched = _connected(tx.connection, [partner_id])
    remember(tx, merged_partners, id=partner_id, sequence=sequence, into_id=into_id)
    touched |= _connected(tx.connection, [partner_id])
    read = sa.select(_m.id, _m.into_id).where(_m.id.in_(touched), _m.into_id.is_not(None))
    pointers = {row.id: row.into_id for row in tx.connection.execute(read)}
    for id in sorted(touched):
        survivor = _end(id, pointers)
        at = merged_partners.update().where(_m.id == id)
        tx.connection.execute(at.values(survivor_id=survivor if survivor != id else None))


def families(connection: sa.Connection, partner_ids: Collection[UUID]) -> list[list[UUID]]:
    """Give each partner with all that are one with it, in the order of the partners."""
    pointing = sa.select(_m.id, _m.survivor_id).where(_m.id.in_(partner_ids), _m.survivor_id.is_not(None))
    survivors = {row.id: row.survivor_id for row in connection.execute(pointing)}
    ends = {survivors.get(id, id) for id in partner_ids}
    merged: dict[UUID, list[UUID]] = {}
    for row in connection.execute(sa.select(_m.id, _m.survivor_id).where(_m.survivor_id.in_(ends)).order_by(_m.id)):
        merged.setdefault(row.survivor_id, []).append(row.id)
    return [[end, *merged.get(end, [])] for end in (survivors.get(id, id) for id in partner_ids)]


def _connected(connection: sa.Connection, ids: Iterable[UUID]) -> set[UUID]:
    """Find all partners that pointers lead to from some, whichever way."""
    seen: set[UUID] = set()
    fresh = set(ids)
    while fresh:
        touched = sa.or_(_m.id.in_(fresh), _m.into_id.in_(fresh))
        rows = connection.execute(sa.select(_m.id, _m.into_id).where(_m.into_id.is_not(None), touched)).all()
        seen |= fresh
        fresh = {id for row in rows for id in (row.id, row.into_id)} - seen
    return seen


def _end(partner_id: UUID, pointers: dict[UUID, UUID]) -> UUID:
    passed = {partner_id}  # events come in any order: for a moment two partners may seem to lead to each other
    while (into_id := pointers.get(partner_id)) is not None and into_id not in passed:
        passed.add(into_id)
        partner_id = into_id
    return min(passed) if into_id is not None else partner_id
