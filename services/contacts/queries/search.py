"""Search over names, contact points, numbers and notes, as someone types."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import Field

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.contacts.domain.search import HitKind, Weight, asked_for
from services.contacts.storage.reach import (
    interactions_in_reach,
    legal_entities_in_reach,
    partners_in_reach,
    persons_in_reach,
)
from services.contacts.storage.search import finds
from services.contacts.storage.tables import contact_persons, legal_entities, partners, search_entries

_LOOKED_AT = 500  # entries that are put in order; whoever types a letter or two does not look further
_COMPARED = 120  # letters at the beginning: a word is not longer

_s = search_entries.c


@dataclass(frozen=True, kw_only=True)
class Search:
    """Ask for what is found by a text: every word of it begins a word of one field."""

    text: Annotated[str, Field(max_length=500)]
    kinds: list[HitKind] | None = None
    first: Annotated[int, Field(ge=1, le=100)] = 20


def search(query: Search, reading: Reading, actor: Actor) -> Json:
    """Give what is found in reach, the likeliest first: by its name, a number, then a text; each thing once, with the field."""
    asked = asked_for(query.text)
    if not asked:
        return {"hits": []}
    kinds = list(HitKind) if query.kinds is None else query.kinds
    hits: dict[UUID, Json] = {}
    for weight in (_s.weight == Weight.NAME, _s.weight > Weight.NAME):
        if len(hits) < query.first:
            where = (finds(reading.connection, query.text), weight)
            rows = [row for part in _in_reach(kinds, actor) for row in _entries(reading, asked[0], *where, part)]
            for row in sorted(rows, key=lambda row: row.rank):
                hits.setdefault(row.thing_id, {"id": row.thing_id, "kind": row.kind, "field": row.field})
    return {"hits": list(hits.values())[: query.first]}


@dataclass(frozen=True)
class _Found:
    thing_id: UUID
    kind: str
    field: str
    rank: tuple[int, bool, int, str, UUID]


def _entries(reading: Reading, word: str, *where: sa.ColumnElement[bool]) -> Iterator[_Found]:
    """Give entries with how likely each is meant: those that begin with the word, and short ones, come first."""
    read: sa.Select[Any] = (
        # a merged partner leads to the one that it turned out to be
        sa.select(
            sa.func.coalesce(partners.c.survivor_id, _s.thing_id).label("leads_to"),
            *(_s.kind, _s.field, _s.weight),
            sa.func.length(_s.words).label("length"),
            sa.func.substr(_s.words, 1, _COMPARED).label("words"),
        )
        .outerjoin(partners, partners.c.id == _s.thing_id)
        .where(*where)
        .limit(_LOOKED_AT)
    )
    for row in reading.connection.execute(read):
        begins = row.words.startswith(f" {word}")
        rank = (row.weight, not begins, row.length, row.words, row.leads_to)
        yield _Found(thing_id=row.leads_to, kind=row.kind, field=row.field, rank=rank)


def _in_reach(kinds: list[HitKind], actor: Actor) -> Iterator[sa.ColumnElement[bool]]:
    """Say "an entry of these kinds in reach", in one part if that is all, else in one for each kind."""
    if actor.reach == "all":
        yield _s.kind.in_([kind.value for kind in kinds])
        return
    partner, person, entity = partners.alias(), contact_persons.alias(), legal_entities.alias()
    seen = {
        HitKind.PARTNER: sa.exists().where(partner.c.id == _s.thing_id, partners_in_reach(actor, partner)),
        HitKind.CONTACT_PERSON: sa.exists().where(person.c.id == _s.thing_id, persons_in_reach(actor, person)),
        HitKind.LEGAL_ENTITY: sa.exists().where(entity.c.id == _s.thing_id, legal_entities_in_reach(actor, entity)),
        HitKind.INTERACTION: interactions_in_reach(actor, _s.thing_id),
    }
    for kind in kinds:
        yield sa.and_(_s.kind == kind.value, seen[kind])
