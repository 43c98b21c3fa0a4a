"""Who looks after each partner, as of now, and so who sees its figures."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from chassis.store.database import Transaction
from services.reporting.storage.copies import keep
from services.reporting.storage.tables import client_managers

_c = client_managers.c


def look_after(tx: Transaction, partner_id: UUID, manager_id: UUID | None, sequence: int) -> None:
    """Keep who looks after a partner, None where nobody does, unless something later was heard."""
    keep(tx.connection, client_managers, {"id": partner_id, "sequence": 0, "manager_id": None})
    older = client_managers.update().where(_c.id == partner_id, _c.sequence < sequence)
    tx.connection.execute(older.values(sequence=sequence, manager_id=manager_id))


def looked_after_by(partner_id: sa.ColumnElement[UUID], managers: frozenset[UUID | None]) -> sa.ColumnElement[bool]:
    """Say that one of some managers looks after a partner, or nobody does where None is among them."""
    named = _c.manager_id.in_([one for one in managers if one is not None])
    by = sa.exists().where(_c.id == partner_id, named)
    if None not in managers:
        return by
    return sa.or_(by, ~sa.exists().where(_c.id == partner_id, _c.manager_id.is_not(None)))
