"""Partners as they are answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.clock import day_of
from chassis.store.database import Reading, Transaction
from chassis.wire import Json
from services.contacts.domain.merge import FILLED, united_points
from services.contacts.domain.partner import Role, united_roles
from services.contacts.storage.contact_points import points_of
from services.contacts.storage.linked_views import Lists, legal_entities_of_partners, persons_of_partners
from services.contacts.storage.partners import roles_of
from services.contacts.storage.sql import ref_view
from services.contacts.storage.tables import partners


def partner_view(tx: Transaction, partner_id: UUID) -> Json:
    """Give one partner that is known to be there; where it was merged, the one that it turned out to be."""
    found = partners_by_their_ids(tx.connection, [partner_id])
    return with_contacts(tx, [found[partner_id]])[0]


def partners_by_their_ids(
    connection: sa.Connection, ids: Collection[UUID], in_reach: sa.ColumnElement[bool] | None = None
) -> dict[UUID, dict[str, Any]]:
    """Give partners by ids, under the id of a merged one the survivor: one read, or two where one was merged."""
    where = sa.true() if in_reach is None else in_reach
    rows = _with_merged(connection, ids, where)
    beyond = {row.survivor_id for row in rows.values() if row.survivor_id} - set(rows)
    if beyond:
        rows |= _with_merged(connection, beyond, where)
    views = {view["id"]: view for view in _united(rows.values())}
    return {id: views[rows[id].survivor_id or id] for id in ids if id in rows}


def united_views(connection: sa.Connection, survivors: Sequence[sa.Row[Any]]) -> list[dict[str, Any]]:
    """Give rows of partners that are not merged as they are answered, each as one with those merged into it."""
    if not survivors:
        return []
    read = sa.select(partners).where(partners.c.survivor_id.in_([row.id for row in survivors]))
    return _united([*survivors, *connection.execute(read)])


def _with_merged(
    connection: sa.Connection, ids: Collection[UUID], where: sa.ColumnElement[bool]
) -> dict[UUID, sa.Row[Any]]:
    these = sa.or_(partners.c.id.in_(ids), partners.c.survivor_id.in_(ids))
    return {row.id: row for row in connection.execute(sa.select(partners).where(these, where))}


def _united(rows: Iterable[sa.Row[Any]]) -> list[dict[str, Any]]:
    survivors, merged = [], defaultdict(list)
    for row in rows:
        if row.survivor_id is None:
            survivors.append(row)
        else:
            merged[row.survivor_id].append(row)
    return [_united_view(row, sorted(merged[row.id], key=lambda one: str(one.id))) for row in survivors]


def _united_view(survivor: sa.Row[Any], merged: Sequence[sa.Row[Any]]) -> dict[str, Any]:
    view = {**_facts(survivor), "merged": []}
    if not merged:
        return view
    others = [_facts(row) for row in merged]
    for name in FILLED:
        view[name] = next((one[name] for one in (view, *others) if one[name] is not None), None)
    together = united_roles(one["roles"] for one in (view, *others))
    view["roles"] = [role for role in Role if role in together]
    view["merged"] = [{"id": row.id, "name": row.name, "merged_into_id": row.merged_into_id} for row in merged]
    return view


def _facts(row: sa.Row[Any]) -> dict[str, Any]:
    return {
        "id": row.id,
        "version": row.version,
        "name": row.name,
        "roles": roles_of(row),
        "manager_id": row.manager_id,
        "parent_id": row.parent_id,
        "source": row.source,
        "interest": row.interest,
        "external_ref": ref_view(row),
        "registered_at": row.registered_at,
    }


def with_contacts(within: Reading | Transaction, views: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add contact points, persons and legal entities: three reads, whatever the number of partners."""
    if not views:
        return []
    groups = {view["id"]: [view["id"], *(one["id"] for one in view["merged"])] for view in views}
    connection, ids = within.connection, [id for group in groups.values() for id in group]
    day = day_of(within.now, within.enterprise.zone)
    persons = persons_of_partners(connection, ids, day)
    entities = legal_entities_of_partners(connection, ids, day)
    people = {person["id"] for found in persons.values() for person in found}
    points = points_of(connection, [*ids, *people], day)
    return [
        {
            **view,
            "contact_points": united_points([points.get(id, ()) for id in groups[view["id"]]]),
            "contact_persons": [
                {**person, "contact_points": points.get(person["id"], ())}
                for person in _once(persons, groups[view["id"]])
            ],
            "legal_entities": _once(entities, groups[view["id"]]),
        }
        for view in views
    ]


def _once(lists: Lists, group: Iterable[UUID]) -> list[dict[str, Any]]:
    """Give what belongs to several partners as if to one; what belongs to two is shown as it belongs to the first."""
    found: dict[UUID, dict[str, Any]] = {}
    for one in (one for id in group for one in lists.get(id, ())):
        found.setdefault(one["id"], one)
    return list(found.values())
