"""What would come of merging a partner into another one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.clock import day_of
from chassis.errors import Problem, Refused
from chassis.store.database import Reading
from chassis.wire import Json, plain
from services.contacts.domain.contact_point import ContactPoint
from services.contacts.domain.merge import conflicts, taken_over, united_points
from services.contacts.domain.partner import Partner
from services.contacts.storage.changes import api_name
from services.contacts.storage.contact_points import points_of
from services.contacts.storage.merged import groups_of
from services.contacts.storage.partners import read_partners
from services.contacts.storage.reach import partners_in_reach
from services.contacts.storage.tables import (
    claims,
    deals,
    interaction_links,
    interests,
    partner_legal_entities,
    partner_persons,
    partners,
    reminders,
)

_COUNTED = {
    "contact_persons": partner_persons.c.partner_id,
    "legal_entities": partner_legal_entities.c.partner_id,
    "interactions": interaction_links.c.thing_id,
    "interests": interests.c.partner_id,
    "reminders": reminders.c.subject_id,
    "branches": partners.c.parent_id,
    "deals": deals.c.partner_id,
    "claims": claims.c.partner_id,
}


@dataclass(frozen=True, kw_only=True)
class MergePreview:
    """Ask what would come of it."""

    survivor_id: UUID
    merged_id: UUID


def merge_preview(query: MergePreview, reading: Reading, actor: Actor) -> Json:
    """Give what the survivor would take over, what both tell differently, and how much would come with it; raise Refused."""
    connection = reading.connection
    survivor, merged = _both(query, reading, actor)
    group = groups_of(connection, [merged.id])[merged.id]
    mine, theirs = _points(reading, survivor), _points(reading, merged)
    united = united_points([mine, theirs])
    counts = {name: _count(connection, column, group) for name, column in _COUNTED.items()}
    taken = [{"field": api_name(name), "value": _text(getattr(merged, name))} for name in taken_over(survivor, merged)]
    roles = sorted(merged.roles - survivor.roles)
    return {
        "survivor_id": survivor.id,
        "merged_id": merged.id,
        "taken_over": taken + [{"field": "roles", "value": role} for role in roles],
        "conflicts": [
            {"field": api_name(one.field), "survivor": _text(one.survivor), "merged": _text(one.merged)}
            for one in conflicts(survivor, merged)
        ]
        + _primaries(mine, theirs),
        "counts": {"contact_points": len(united) - len(mine), **counts},
    }


def _both(query: MergePreview, reading: Reading, actor: Actor) -> tuple[Partner, Partner]:
    asked = {"survivor": query.survivor_id, "merged": query.merged_id}
    found = read_partners(reading.connection, list(asked.values()), partners_in_reach(actor))
    problems = []
    for field, id in asked.items():
        partner = found.get(id)
        if partner is None:
            problems.append(Problem(code="NOT_FOUND", message=f"there is no partner {id}", field=(field,)))
        elif partner.survivor_id is not None:
            message = f"this partner was merged into {partner.survivor_id}"
            details = (str(partner.survivor_id),)
            problems.append(Problem(code="PARTNER_MERGED", message=message, field=(field,), details=details))
    if query.survivor_id == query.merged_id:
        problems.append(Problem(code="SAME_PARTNER", message="name two partners", field=("merged",)))
    if problems:
        raise Refused(*problems)
    return found[query.survivor_id], found[query.merged_id]


def _points(reading: Reading, partner: Partner) -> tuple[ContactPoint, ...]:
    group = groups_of(reading.connection, [partner.id])[partner.id]
    found = points_of(reading.connection, group, day_of(reading.now, reading.enterprise.zone))
    return united_points([found.get(id, ()) for id in group])


def _primaries(mine: Sequence[ContactPoint], theirs: Sequence[ContactPoint]) -> list[Json]:
    """Give the points that are primary of both, where they differ: the survivor's stays so."""
    first = {point.kind: point for point in mine if point.primary}
    return [
        {"field": f"primary {point.kind}", "survivor": first[point.kind].original, "merged": point.original}
        for point in theirs
        if point.primary and point.kind in first and first[point.kind].key != point.key
    ]


def _count(connection: sa.Connection, column: sa.Column[UUID], group: Sequence[UUID]) -> int:
    return connection.execute(sa.select(sa.func.count()).where(column.in_(group))).scalar_one()


def _text(value: object) -> str | None:
    told = plain(value)
    if isinstance(told, dict):
        return " ".join(str(part) for part in told.values())
    return told if told is None else str(told)
