"""Which rows an actor sees, said in SQL."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.actor import Actor
from services.contacts.storage.tables import managers, partners


def partners_in_reach(actor: Actor) -> sa.ColumnElement[bool]:
    """Say "a partner this actor sees": all, their team's or their own, and those that nobody looks after."""
    if actor.reach == "all":
        return sa.true()
    mine: list[sa.ColumnElement[bool]] = [partners.c.manager_id.is_(None)]
    if actor.member_id is not None:
        mine.append(partners.c.manager_id == actor.member_id)
    if actor.reach == "team" and actor.team_ids:
        colleagues = sa.select(managers.c.id).where(managers.c.team_id.in_(sorted(actor.team_ids)))
        mine.append(partners.c.manager_id.in_(colleagues))
    return sa.or_(*mine)
