"""Copies of what other services own: each as of the newest event heard of it, in whatever order they come."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from chassis.actor import Actor
from chassis.store.database import Transaction
from services.claims.storage.tables import deals, partners
from services.claims.storage.visibility import partner_visible_to


def remember(tx: Transaction, table: sa.Table, *, id: UUID, sequence: int, **facts: Any) -> None:
    """Keep what an event says of a thing, unless a later event was heard before."""
    insert = postgresql.insert if tx.connection.dialect.name == "postgresql" else sqlite.insert
    row = {"id": id, "sequence": sequence, **facts}
    statement = insert(table).values(row)
    newer = statement.excluded.sequence > table.c.sequence
    changes = {"sequence": sequence, **facts}
    tx.connection.execute(statement.on_conflict_do_update(index_elements=[table.c.id], set_=changes, where=newer))


def partner_hidden(tx: Transaction, actor: Actor, partner_id: UUID) -> bool:
    """Tell whether a partner is known to be out of an actor's reach; one not heard of yet is not."""
    hidden = sa.select(partners.c.id).where(
        partners.c.id == partner_id, ~partner_visible_to(actor, sa.literal(partner_id))
    )
    return tx.connection.execute(hidden).first() is not None


def partner_of_deal(tx: Transaction, deal_id: UUID) -> UUID | None:
    """Tell whose a deal is; None where it has no partner or was not heard of yet."""
    partner: UUID | None = tx.connection.execute(sa.select(deals.c.partner_id).where(deals.c.id == deal_id)).scalar()
    return partner
