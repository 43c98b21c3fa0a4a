"""Which rows an actor sees, as a condition in SQL."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from services.deals.storage.tables import managers


def within_reach(actor: Actor, owner: sa.ColumnElement[UUID | None]) -> tuple[sa.ColumnElement[bool], ...]:
    """Give the conditions on the column of a row's manager: `select.where(*within_reach(actor, deals.c.manager_id))`.

    A team's rows are those of the managers who are known here to belong to it: a copy, which may be a moment old.
    """
    if actor.reach == "all":
        return ()
    mine: list[sa.ColumnElement[bool]] = [owner.is_(None)]
    if actor.member_id is not None:
        mine.append(owner == actor.member_id)
    if actor.reach == "team" and actor.team_ids:
        mine.append(owner.in_(sa.select(managers.c.id).where(managers.c.team_id.in_(actor.team_ids))))
    return (sa.or_(*mine),)


def within_reach_or_charge(
    actor: Actor, owner: sa.ColumnElement[UUID | None], assignee: sa.ColumnElement[UUID | None]
) -> tuple[sa.ColumnElement[bool], ...]:
    """Give the conditions for what a deal's reach shows, and for what somebody within reach is to do in any deal."""
    mine = within_reach(actor, owner)
    if not mine:
        return ()
    return (sa.or_(*mine, sa.and_(assignee.is_not(None), *within_reach(actor, assignee))),)
