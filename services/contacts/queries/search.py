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

_RANK = ("weight", "later", "length", "words", "leads_to")
"""What an entry is put in order by; ids decide between equals."""

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
            parts = (_likeliest(asked[0], query.first, *where, part) for part in _in_reach(kinds, actor))
            rows = [row for part in parts for row in reading.connection.execute(part)]
            for row in sorted(rows, key=lambda row: tuple(row[: len(_RANK)])):
                hits.setdefault(row.leads_to, {"id": row.leads_to, "kind": row.kind, "field": row.field})
    return {"hits": list(hits.values())[: query.first]}


def _likeliest(word: str, first: int, *where: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """Read the entry of each thing by which it is meant likeliest: one that begins with the word, then a short one."""
    entries = (
        # a merged partner leads to the one that it turned out to be
        sa.select(
            _s.weight,
            sa.case((sa.func.substr(_s.words, 1, len(word) + 1) == f" {word}", 0), else_=1).label("later"),
            sa.func.length(_s.words).label("length"),
            sa.func.substr(_s.words, 1, _COMPARED).label("words"),
            sa.func.coalesce(partners.c.survivor_id, _s.thing_id).label("leads_to"),
            *(_s.kind, _s.field),
        )
        .outerjoin(partners, partners.c.id == _s.thing_id)
        .where(*where)
        .limit(_LOOKED_AT)
        .subquery()
    )
    rank = [entries.c[name] for name in _RANK]
    place = sa.func.row_number().over(partition_by=entries.c.leads_to, order_by=rank).label("place")
    placed = sa.select(*entries.c, place).subquery()
    order = [placed.c[name] for name in _RANK]
    return sa.select(*placed.c).where(placed.c.place == 1).order_by(*order).limit(first)


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
