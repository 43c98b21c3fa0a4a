"""Local copies of what contacts and claims own, as far as deals need it; they may be a moment old."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Transaction
from services.deals.storage.reach import within_reach
from services.deals.storage.tables import managers, partners, teams


def keep_newest(tx: Transaction, table: sa.Table, row: dict[str, Any]) -> None:
    """Store a copy unless a newer one is there: events may come in disorder."""
    newer = tx.connection.execute(
        table.update().where(table.c.id == row["id"], table.c.version < row["version"]).values(row)
    )
    if newer.rowcount == 0 and not tx.connection.execute(sa.select(table.c.id).where(table.c.id == row["id"])).first():
        tx.connection.execute(table.insert(), row)


def manager_of_partner(tx: Transaction, partner_id: UUID) -> UUID | None:
    """Tell who manages a partner, as far as this service has heard."""
    return tx.connection.execute(sa.select(partners.c.manager_id).where(partners.c.id == partner_id)).scalar()


def reaches_partner(tx: Transaction, actor: Actor, partner_id: UUID) -> bool:
    """Tell whether an actor sees a partner; one of which this service has not heard yet counts as seen."""
    others = tx.connection.execute(sa.select(partners.c.id).where(partners.c.id == partner_id)).first()
    if others is None:
        return True
    mine = sa.select(partners.c.id).where(partners.c.id == partner_id, *within_reach(actor, partners.c.manager_id))
    return tx.connection.execute(mine).first() is not None


def head_over(tx: Transaction, manager_id: UUID | None) -> UUID | None:
    """Tell who heads the team of a manager, or the nearest one above it that has a head; None where nobody does."""
    team_id = tx.connection.execute(sa.select(managers.c.team_id).where(managers.c.id == manager_id)).scalar()
    passed: set[UUID] = set()  # copies may be of different moments: two teams may seem to stand above each other
    while team_id is not None and team_id not in passed:
        passed.add(team_id)
        team = tx.connection.execute(sa.select(teams).where(teams.c.id == team_id)).first()
        if team is None or team.head_id is not None:
            return team.head_id if team else None
        team_id = team.parent_id
    return None
