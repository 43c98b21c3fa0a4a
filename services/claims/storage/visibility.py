"""Which claims an actor sees: those assigned within their reach, and those of the partners within it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from services.claims.storage.tables import claims, managers, merged_partners, partners


def visible_to(actor: Actor) -> sa.ColumnElement[bool]:
    """Say which rows of `claims` an actor sees."""
    if actor.reach == "all":
        return sa.true()
    return sa.or_(_in_reach(actor, claims.c.assignee_id), partner_visible_to(actor, claims.c.partner_id))


def satisfaction_visible_to(actor: Actor, table: sa.Table) -> sa.ColumnElement[bool]:
    """Say which answers, or requests, an actor sees: those within their reach, and those of the partners within it."""
    if actor.reach == "all":
        return sa.true()
    return sa.or_(_in_reach(actor, table.c.manager_id), partner_visible_to(actor, table.c.partner_id))


def partner_visible_to(actor: Actor, partner_id: sa.ColumnElement[UUID]) -> sa.ColumnElement[bool]:
    """Say whether an actor sees a partner; one that nobody manages is seen by all, one not heard of yet by no one.

    A merged partner is seen by whoever sees the one that survives.
    """
    if actor.reach == "all":
        return sa.true()
    mine = sa.or_(partners.c.manager_id.is_(None), _in_reach(actor, partners.c.manager_id))
    merged = sa.select(merged_partners.c.survivor_id).where(merged_partners.c.id == partner_id).scalar_subquery()
    return sa.exists().where(partners.c.id == sa.func.coalesce(merged, partner_id), mine)


def _in_reach(actor: Actor, manager_id: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    own = manager_id == actor.member_id if actor.member_id is not None else sa.false()
    if actor.reach != "team" or not actor.team_ids:
        return own
    of_teams = sa.select(managers.c.id).where(managers.c.team_id.in_(actor.team_ids))
    return sa.or_(own, manager_id.in_(of_teams))
