"""Merged partners: deals and terms stay with whom they were made, and are found under the one that survives."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from uuid import UUID

import sqlalchemy as sa

from services.deals.storage.tables import merged_partners, partners


def families(connection: sa.Connection, partner_ids: Collection[UUID]) -> dict[UUID, frozenset[UUID]]:
    """Give each partner with all that are one partner with it, as far as this service has heard: one read, if none are."""
    pointers: dict[UUID, UUID] = {}
    seen: set[UUID] = set()
    fresh = set(partner_ids)
    while fresh:
        found = dict(_pointers_of(connection, fresh))
        seen |= fresh
        fresh = (found.keys() | set(found.values())) - seen
        pointers |= found
    by_survivor: dict[UUID, set[UUID]] = {}
    for partner_id in seen:
        by_survivor.setdefault(_survivor(partner_id, pointers), set()).add(partner_id)
    return {one: frozenset(by_survivor[_survivor(one, pointers)]) for one in partner_ids}


def one_partner(connection: sa.Connection, first: UUID, second: UUID) -> bool:
    """Tell whether two partners are one."""
    return first == second or second in families(connection, [first])[first]


def merged_with(role: str) -> sa.Select[UUID]:
    """Select the partners that are one, by merging, with a partner in a role; those never merged are not among them."""
    survivors = _survivors()
    other, known = survivors.alias(), partners.alias()
    return (
        sa.select(survivors.c.id)
        .join(other, other.c.survivor_id == survivors.c.survivor_id)
        .join(known, known.c.id == other.c.id)
        .where(has_role(known, role))
    )


@cache  # a statement that asks twice names it once
def _survivors() -> sa.CTE:
    """Select the partners that are merged, those that survive among them, with the one that survives."""
    m, pointing = merged_partners.c, merged_partners.alias()
    leads = sa.select(m.id, m.into_id).where(m.into_id.is_not(None)).cte("leads", recursive=True)
    further = sa.select(leads.c.id, pointing.c.into_id).join(pointing, pointing.c.id == leads.c.into_id)
    leads = leads.union(further.where(pointing.c.into_id.is_not(None)))
    goes_on = sa.exists().where(m.id == leads.c.into_id, m.into_id.is_not(None))
    led = sa.select(leads.c.id, leads.c.into_id.label("survivor_id")).where(~goes_on)
    return led.union(sa.select(leads.c.into_id, leads.c.into_id).where(~goes_on)).cte("survivors")


def has_role(known: sa.FromClause, role: str) -> sa.ColumnElement[bool]:
    """Say, of partners as this service knows them, that they have a role by themselves."""
    return sa.cast(known.c.roles, sa.Text).contains(f'"{role}"')


def _pointers_of(connection: sa.Connection, ids: Collection[UUID]) -> Iterator[tuple[UUID, UUID]]:
    m = merged_partners.c
    touched = sa.or_(m.id.in_(ids), m.into_id.in_(ids))
    for row in connection.execute(sa.select(m.id, m.into_id).where(m.into_id.is_not(None), touched)):
        yield row.id, row.into_id


def _survivor(partner_id: UUID, pointers: dict[UUID, UUID]) -> UUID:
    passed = {partner_id}  # events may come in disorder: for a moment two partners may seem to lead to each other
    while (into_id := pointers.get(partner_id)) is not None and into_id not in passed:
        passed.add(into_id)
        partner_id = into_id
    return min(passed) if into_id is not None else partner_id
