"""Merged partners and deals in reads: what belongs to one is what belongs to all that turned out to be it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

import sqlalchemy as sa

from chassis.ids import kind_of
from services.contacts.domain.kinds import DEAL, PARTNER
from services.contacts.storage.tables import merged_deals, partners


def groups_of(connection: sa.Connection, ids: Iterable[UUID]) -> dict[UUID, tuple[UUID, ...]]:
    """Give each partner with all that are one with it, the survivor first, and each deal with all merged into it.

    What is neither stands by itself.
    """
    found: dict[UUID, tuple[UUID, ...]] = {id: (id,) for id in ids}
    asked, member = partners.alias(), partners.alias()
    survivor = sa.func.coalesce(asked.c.survivor_id, asked.c.id)
    read = (
        sa.select(asked.c.id.label("asked"), survivor.label("survivor"), member.c.id.label("member"))
        .join(member, member.c.survivor_id == survivor)
        .where(asked.c.id.in_([id for id in found if kind_of(id) == PARTNER]))
        .order_by(member.c.id)
    )
    groups: dict[UUID, tuple[UUID, ...]] = {}
    for row in connection.execute(read):
        groups[row.asked] = (*groups.get(row.asked, (row.survivor,)), row.member)
    return {**found, **groups, **_groups_of_deals(connection, [id for id in found if kind_of(id) == DEAL])}


def one_with(ids: Collection[UUID]) -> sa.CompoundSelect[UUID]:
    """Select partners and all that are one with them: what a filter by partners asks for."""
    asked, member = partners.alias(), partners.alias()
    found = sa.select(sa.func.coalesce(asked.c.survivor_id, asked.c.id)).where(asked.c.id.in_(ids))
    return found.union(sa.select(member.c.id).where(member.c.survivor_id.in_(found)))


def merged_into(deal_ids: Collection[UUID]) -> sa.CTE:
    """Select what was merged into deals, and into these in turn: rows of `asked` and `id`, without the deals themselves."""
    m = merged_deals.c
    direct = sa.select(m.into_id.label("asked"), m.id).where(m.into_id.in_(deal_ids))
    found = direct.cte("merged_into", recursive=True)
    # a union: what is heard in disorder may point in a circle for a moment
    return found.union(sa.select(found.c.asked, m.id).join(found, m.into_id == found.c.id))


def _groups_of_deals(connection: sa.Connection, deal_ids: Collection[UUID]) -> dict[UUID, tuple[UUID, ...]]:
    if not deal_ids:
        return {}
    of = merged_into(deal_ids)
    groups: dict[UUID, tuple[UUID, ...]] = {id: (id,) for id in deal_ids}
    for row in connection.execute(sa.select(of.c.asked, of.c.id).where(of.c.id != of.c.asked).order_by(of.c.id)):
        groups[row.asked] = (*groups[row.asked], row.id)
    return groups


def survivors(connection: sa.Connection, ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Tell for the partners that were merged, and only for these, which one they turned out to be."""
    merged = sa.select(partners.c.id, partners.c.survivor_id).where(
        partners.c.id.in_(ids), partners.c.survivor_id.is_not(None)
    )
    return {row.id: row.survivor_id for row in connection.execute(merged)}
