"""Copies of what other services own: each as of the newest event heard of it, in whatever order they come."""

from __future__ import annotations

from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from chassis.actor import Actor
from chassis.store.database import Transaction, insert
from services.claims.domain.claim import Claim
from services.claims.storage.tables import deals, managers, partners, teams
from services.claims.storage.visibility import partner_visible_to


def remember(tx: Transaction, table: sa.Table, *, id: UUID, sequence: int, **facts: Any) -> None:
    """Keep what an event says of a thing, unless a later event was heard before."""
    statement = _remembering(tx.connection.dialect.name, table, tuple(facts))
    insert(tx.connection, statement, [{"id": id, "sequence": sequence, **facts}])


@cache
def _remembering(dialect: str, table: sa.Table, facts: tuple[str, ...]) -> sa.Insert:
    statement = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(table)
    told = statement.excluded
    changes = {name: told[name] for name in ("sequence", *facts)}
    return statement.on_conflict_do_update(
        index_elements=[table.c.id], set_=changes, where=told.sequence > table.c.sequence
    )


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


def manager_of_partner(tx: Transaction, partner_id: UUID | None) -> UUID | None:
    """Tell who manages a partner, as far as this service has heard."""
    return tx.connection.execute(sa.select(partners.c.manager_id).where(partners.c.id == partner_id)).scalar()


def head_over_claim(tx: Transaction, claim: Claim) -> UUID | None:
    """Tell who is above whoever has a claim, or else its partner: who heads their team, or the nearest one above it.

    Who heads a team themselves has the head of the team above it. None where there is nobody.
    """
    manager_id = claim.assignee_id or manager_of_partner(tx, claim.partner_id)
    team_id = tx.connection.execute(sa.select(managers.c.team_id).where(managers.c.id == manager_id)).scalar()
    passed: set[UUID] = set()  # copies may be of different moments: two teams may seem to stand above each other
    while team_id is not None and team_id not in passed:
        passed.add(team_id)
        team = tx.connection.execute(sa.select(teams).where(teams.c.id == team_id)).first()
        if team is None or team.head_id not in (None, manager_id):
            return team.head_id if team else None
        team_id = team.parent_id
    return None
