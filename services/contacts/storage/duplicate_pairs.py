"""The pairs of partners that may be one: looked for by a timer, kept until someone has seen to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.ids import kind_of
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.domain.duplicates import DuplicatePair, Likeness, PairStatus
from services.contacts.domain.kinds import DUPLICATE_PAIR, LEGAL_ENTITY, PARTNER
from services.contacts.storage.duplicates import duplicates_of
from services.contacts.storage.reach import partners_in_reach
from services.contacts.storage.sql import insert_new, update_by_id
from services.contacts.storage.tables import (
    duplicate_pairs,
    partner_legal_entities,
    partner_persons,
    partners,
)

LOOK = "duplicates.look"
"""The timer that looks for the duplicates of some partners."""

_PARTS = 10_000  # of a score, as it is written
_pairs = duplicate_pairs.c


def look_for_duplicates(tx: Transaction, partner_ids: Sequence[UUID]) -> None:
    """Let the duplicates of partners be looked for soon: not within a command, which would wait for it."""
    if partner_ids:
        tx.schedule(LOOK, str(partner_ids[0]), tx.now, partner_ids)


def partners_behind(connection: sa.Connection, thing_id: UUID) -> list[UUID]:
    """Name the partners whose likeness to others may change with a partner, a person or a legal entity."""
    if kind_of(thing_id) == PARTNER:
        return [thing_id]
    works, behind = partner_persons.c, partner_legal_entities.c
    if kind_of(thing_id) == LEGAL_ENTITY:
        return _ids(connection, sa.select(behind.partner_id).where(behind.legal_entity_id == thing_id))
    return _ids(connection, sa.select(works.partner_id).where(works.person_id == thing_id))


def _ids(connection: sa.Connection, read: sa.Select[Any]) -> list[UUID]:
    return sorted(connection.execute(read).scalars().all())


class DuplicatePairs:
    """The pairs as one transaction sees them."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._connection = tx.connection

    def hold_all(self) -> None:
        """Let no other replica look for pairs until the commit: a pair belongs to two partners, who may be looked at in any order."""
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(sa.select(sa.func.pg_advisory_xact_lock(DUPLICATE_PAIR)))

    def lock(self, pair_id: UUID, actor: Actor) -> DuplicatePair:
        """Read a pair both of whose partners are in reach, and hold it; raise Refused with NOT_FOUND."""
        read = sa.select(duplicate_pairs).where(_pairs.id == pair_id, pairs_in_reach(actor))
        row = self._connection.execute(read.with_for_update(key_share=True)).first()
        if row is None:
            raise refuse("NOT_FOUND", f"there is no pair {pair_id}", "pair")
        return _pair(row)

    def save(self, pair: DuplicatePair) -> None:
        """Write a pair that was read before."""
        update_by_id(self._connection, duplicate_pairs, [_row(pair)])

    def look(self, partner_id: UUID) -> None:
        """Write the pairs of a partner as they are now; one that was merged, or is not there, has none to look for."""
        standing = sa.select(partners.c.id).where(partners.c.id == partner_id, partners.c.survivor_id.is_(None))
        if self._connection.execute(standing).first() is None:
            return
        found = duplicates_of(self._connection, partner_id, sa.true())
        pairs = [DuplicatePair.find(partner_id, other, evidence, self._tx.now) for other, evidence in found.items()]
        known = {(pair.first_id, pair.second_id): pair for pair in self._known(partner_id)}
        new, again = [], []
        for pair in pairs:
            before = known.pop((pair.first_id, pair.second_id), None)
            if before is None:
                new.append(_row(pair))
            elif (after := before.found_again(pair)) != before:
                again.append(_row(after))
        insert_new(self._connection, duplicate_pairs, new, "first_id", "second_id")
        update_by_id(self._connection, duplicate_pairs, again)
        gone = [pair.id for pair in known.values() if pair.status is PairStatus.OPEN]
        self._connection.execute(duplicate_pairs.delete().where(_pairs.id.in_(gone)))

    def _known(self, partner_id: UUID) -> Iterable[DuplicatePair]:
        """Read the pairs of a partner with those that stand by themselves."""
        its = sa.or_(_pairs.first_id == partner_id, _pairs.second_id == partner_id)
        read = sa.select(duplicate_pairs).where(its, both_stand()).order_by(_pairs.id).with_for_update(key_share=True)
        return [_pair(row) for row in self._connection.execute(read)]


def both_stand() -> sa.ColumnElement[bool]:
    """Say "neither partner of the pair was merged"."""
    return ~sa.exists().where(
        partners.c.id.in_([_pairs.first_id, _pairs.second_id]), partners.c.survivor_id.is_not(None)
    )


def pairs_in_reach(actor: Actor) -> sa.ColumnElement[bool]:
    """Say "a pair both of whose partners are in reach"."""
    if actor.reach == "all":
        return sa.true()
    first, second = partners.alias(), partners.alias()
    return sa.and_(
        sa.exists().where(first.c.id == _pairs.first_id, partners_in_reach(actor, first)),
        sa.exists().where(second.c.id == _pairs.second_id, partners_in_reach(actor, second)),
    )


def pair_view(pair: DuplicatePair) -> Json:
    """Give a pair as it is answered."""
    return {
        "id": pair.id,
        "first_id": pair.first_id,
        "second_id": pair.second_id,
        "score": pair.score,
        "reasons": pair.reasons,
        "status": pair.status,
        "found_at": pair.found_at,
        "dismissed_at": pair.dismissed_at,
        "dismissed_by": pair.dismissed_by,
    }


def pair_row_view(row: sa.Row[Any]) -> Json:
    """Give a row of pairs as it is answered."""
    return pair_view(_pair(row))


def _pair(row: sa.Row[Any]) -> DuplicatePair:
    return DuplicatePair(
        id=row.id,
        first_id=row.first_id,
        second_id=row.second_id,
        score=row.score / _PARTS,
        reasons=tuple(Likeness(reason) for reason in row.reasons),
        status=PairStatus(row.status),
        found_at=row.found_at,
        dismissed_at=row.dismissed_at,
        dismissed_by=row.dismissed_by,
    )


def _row(pair: DuplicatePair) -> dict[str, Any]:
    return {
        "id": pair.id,
        "first_id": pair.first_id,
        "second_id": pair.second_id,
        "score": round(pair.score * _PARTS),
        "reasons": list(pair.reasons),
        "status": pair.status.value,
        "found_at": pair.found_at,
        "dismissed_at": pair.dismissed_at,
        "dismissed_by": pair.dismissed_by,
    }
