"""Copies of deals and claims: each as of the newest event heard of it, in whatever order they come."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from chassis.store.database import insert
from services.contacts.storage.tables import claims, deals, merged_deals


def remember_deals(connection: sa.Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Keep whose deals are and who works on them (`id`, `sequence`, `partner_id`, `manager_id`), unless a later event was heard before."""
    _remember(connection, deals, rows)


def remember_merged_deal(connection: sa.Connection, deal_id: UUID, sequence: int, *, into_id: UUID | None) -> None:
    """Keep into which deal one was merged, or that it stands by itself again."""
    _remember(connection, merged_deals, [{"id": deal_id, "sequence": sequence, "into_id": into_id}])


def remember_claim(
    connection: sa.Connection,
    claim_id: UUID,
    sequence: int,
    *,
    partner_id: UUID | None,
    deal_id: UUID | None,
    assignee_id: UUID | None,
) -> None:
    """Keep whose a claim is and who works on it; only its first event names the deal, which therefore stays."""
    row = {"id": claim_id, "sequence": sequence, "partner_id": partner_id, "assignee_id": assignee_id}
    _remember(connection, claims, [{**row, "deal_id": deal_id}], stays=("deal_id",))


def partners_of_deals(connection: sa.Connection, deal_ids: Collection[UUID]) -> list[UUID]:
    """Tell whose deals are, in the order of the deals; those without a partner or not heard of yet are left out."""
    read = sa.select(deals.c.id, deals.c.partner_id).where(deals.c.id.in_(deal_ids), deals.c.partner_id.is_not(None))
    found = {row.id: row.partner_id for row in connection.execute(read)}
    return [found[id] for id in deal_ids if id in found]


def partners_of_claims(connection: sa.Connection, claim_ids: Collection[UUID]) -> list[UUID]:
    """Tell whose claims are, in the order of the claims; those not heard of yet are left out."""
    read = sa.select(claims.c.id, claims.c.partner_id).where(
        claims.c.id.in_(claim_ids), claims.c.partner_id.is_not(None)
    )
    found = {row.id: row.partner_id for row in connection.execute(read)}
    return [found[id] for id in claim_ids if id in found]


def deal_of_claim(connection: sa.Connection, claim_id: UUID) -> UUID | None:
    """Tell which deal a claim is about, if any that was heard of."""
    deal_id: UUID | None = connection.execute(sa.select(claims.c.deal_id).where(claims.c.id == claim_id)).scalar()
    return deal_id


def _remember(
    connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]], stays: tuple[str, ...] = ()
) -> None:
    """Write rows where they are newer; what `stays` is written by whichever event says it."""
    insert(connection, _remembering(connection.dialect.name, table, tuple(rows[0]), stays), rows)


@cache
def _remembering(dialect: str, table: sa.Table, columns: tuple[str, ...], stays: tuple[str, ...]) -> sa.Insert:
    statement = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(table)
    told, known = statement.excluded, table.c
    newer = told.sequence > known.sequence
    changes: dict[str, Any] = {
        name: sa.func.coalesce(known[name], told[name])
        if name in stays
        else sa.case((newer, told[name]), else_=known[name])
        for name in columns
        if name != "id"
    }
    return statement.on_conflict_do_update(index_elements=[known.id], set_=changes)
