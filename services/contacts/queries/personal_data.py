"""All that is held about a person, as they may ask for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.store.database import Reading
from chassis.wire import Json
from services.contacts.domain.erasure import person_erased
from services.contacts.storage.changes import change_view
from services.contacts.storage.interactions import interaction_views
from services.contacts.storage.linked_views import person_facts
from services.contacts.storage.links import links_of_persons
from services.contacts.storage.reach import persons_in_reach
from services.contacts.storage.tables import (
    changes,
    contact_persons,
    contact_point_changes,
    contact_points,
    interaction_links,
    interaction_mentions,
    interactions,
    legal_entities,
    partners,
    timeline,
)

_HIDDEN = frozenset({"owner_id", "place"})


@dataclass(frozen=True, kw_only=True)
class PersonalData:
    """Ask for all that is held about a contact person."""

    person_id: UUID


def personal_data(query: PersonalData, reading: Reading, actor: Actor) -> Json:
    """Give it all, the oldest first; raise Forbidden without the scope, or Refused: NOT_FOUND, PERSON_ERASED."""
    actor.require("privacy")
    execute, person_id = reading.connection.execute, query.person_id
    here = sa.and_(contact_persons.c.id == person_id, persons_in_reach(actor))
    row = execute(sa.select(contact_persons).where(here)).first()
    if row is None:
        raise refuse("NOT_FOUND", f"there is no contact person {person_id}", "person")
    if row.erased_at is not None:
        raise person_erased("person")
    return {
        "taken_at": reading.now,
        "person": person_facts(row),
        "works_for": _works_for(reading.connection, person_id),
        "contact_points": _rows(reading.connection, contact_points, contact_points.c.owner_id == person_id),
        "contact_point_history": _rows(
            reading.connection, contact_point_changes, contact_point_changes.c.owner_id == person_id
        ),
        "interactions": _interactions(reading.connection, person_id),
        "timeline": _rows(reading.connection, timeline, timeline.c.person_id == person_id, timeline.c.occurred_at),
        "changes": [
            change_view(change)
            for change in execute(sa.select(changes).where(changes.c.thing_id == person_id).order_by(changes.c.id))
        ],
    }


def _works_for(connection: sa.Connection, person_id: UUID) -> list[dict[str, Any]]:
    """Give the person's links with the names of whom they work for."""
    links = links_of_persons(connection, [person_id]).get(person_id, [])
    ids = [link.owner_id for link in links]
    names: dict[UUID, str] = {}
    for table in (partners, legal_entities):
        read = sa.select(table.c.id, table.c.name).where(table.c.id.in_(ids))
        names |= {row.id: row.name for row in connection.execute(read)}
    return [
        {
            "id": link.owner_id,
            "name": names.get(link.owner_id),
            "role": link.role,
            "job_title": link.job_title,
            "valid_from": link.valid_from,
            "valid_to": link.valid_to,
        }
        for link in links
    ]


def _interactions(connection: sa.Connection, person_id: UUID) -> Sequence[Json]:
    """Give the interactions that the person took part in or is mentioned in, corrected ones too."""
    links, mentions = interaction_links.c, interaction_mentions.c
    theirs = sa.union(
        sa.select(links.interaction_id).where(links.thing_id == person_id),
        sa.select(mentions.interaction_id).where(mentions.person_id == person_id),
    )
    read = sa.select(interactions).where(interactions.c.id.in_(theirs)).order_by(interactions.c.at, interactions.c.id)
    return interaction_views(connection, connection.execute(read).all())


def _rows(
    connection: sa.Connection, table: sa.Table, where: sa.ColumnElement[bool], *order: sa.Column[Any]
) -> list[dict[str, Any]]:
    read = sa.select(table).where(where).order_by(*order, *table.primary_key)
    return [
        {str(name): value for name, value in row._mapping.items() if name not in _HIDDEN}
        for row in connection.execute(read)
    ]
