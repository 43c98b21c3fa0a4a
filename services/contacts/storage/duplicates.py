"""Partners that may be one and the same: found by what they share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from uuid import UUID

import sqlalchemy as sa

from chassis.wire import Json
from services.contacts.domain.duplicates import Likeness, beginnings, score, similar_name
from services.contacts.storage.merged import groups_of
from services.contacts.storage.tables import (
    contact_points,
    legal_entities,
    partner_legal_entities,
    partner_persons,
    partners,
)

_MOST = 20
_MOST_LOOKED_AT = 200  # of those whom the database finds by one thing
_POINTS = {"PHONE": Likeness.PHONE, "EMAIL": Likeness.EMAIL}
_TRIGRAMS = "0.5"  # of all trigrams of two names, how many both have: pg_trgm's own 0.3 finds half of the book

Evidence = dict[UUID, dict[Likeness, float]]
"""What partners share with one, each with its weight."""

_SURVIVOR = sa.func.coalesce(partners.c.survivor_id, partners.c.id)


def duplicates_of(connection: sa.Connection, partner_id: UUID, in_reach: sa.ColumnElement[bool]) -> Evidence:
    """Find the partners within reach that share something with a partner: those that stand by themselves, not merged ones."""
    group = groups_of(connection, [partner_id])[partner_id]
    sharing = _sharing(connection, group)
    seen = sa.select(partners.c.id, _SURVIVOR.label("survivor"))
    others = (partners.c.id.in_(list(sharing)), partners.c.id.not_in(group), in_reach)
    found: Evidence = defaultdict(dict)
    for row in connection.execute(seen.where(*others)) if sharing else ():
        found[row.survivor].update({likeness: likeness.weight for likeness in sharing[row.id]})
    for other, likeness, weight in _by_name(connection, group, in_reach):
        found[other][likeness] = max(weight, found[other].get(likeness, 0))
    for evidence in found.values():
        if Likeness.NAME in evidence:  # a name that is the same is no similar one besides
            evidence.pop(Likeness.SIMILAR_NAME, None)
    return found


def candidates(found: Evidence) -> list[Json]:
    """Give what was found as it is answered: who, how likely (0 to 1) and why, the likeliest first."""
    views = [
        {"partner_id": other, "score": score(evidence), "reasons": sorted(evidence)}
        for other, evidence in found.items()
    ]
    return sorted(views, key=lambda one: (-float(str(one["score"])), str(one["partner_id"])))[:_MOST]


def _by_name(
    connection: sa.Connection, group: Sequence[UUID], in_reach: sa.ColumnElement[bool]
) -> Iterator[tuple[UUID, Likeness, float]]:
    """Find by names that are the same or similar."""
    columns = (_SURVIVOR.label("survivor"), partners.c.name_search, partners.c.name_match)
    others = (partners.c.id.not_in(group), in_reach)
    mine = sa.select(partners.c.name_search, partners.c.name_match).where(partners.c.id.in_(group))
    for search, match in connection.execute(mine).all():
        if not search:  # a name of punctuation alone has no words to compare
            continue
        same = sa.select(_SURVIVOR).where(partners.c.name_search == search, *others)
        for other in connection.execute(same.limit(_MOST)).scalars():
            yield other, Likeness.NAME, Likeness.NAME.weight
        if not match:
            continue
        like = sa.select(*columns).where(_resembles(connection, match), partners.c.name_search != search, *others)
        for row in connection.execute(like.limit(_MOST_LOOKED_AT)):
            weight = similar_name(match, row.name_match)
            if weight is not None:
                yield row.survivor, Likeness.SIMILAR_NAME, weight


def _resembles(connection: sa.Connection, match: str) -> sa.ColumnElement[bool]:
    """Say "a name that may be similar": by the index of trigrams, or by beginnings of words where there is none."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.set_config("pg_trgm.similarity_threshold", _TRIGRAMS, False)))
        return partners.c.name_match.op("%", is_comparison=True)(match)
    return sa.or_(*(partners.c.name_match.like(f"% {word}%") for word in beginnings(match)))


def _sharing(connection: sa.Connection, group: Sequence[UUID]) -> dict[UUID, set[Likeness]]:
    """Find who has a number or an address of a group, or of its persons: step by step, each by an index.

    In one statement the database would have to guess how many there are, and reads whole tables instead.
    """
    found: dict[UUID, set[Likeness]] = defaultdict(set)
    for partner_id in _by_tax_id(connection, group):
        found[partner_id].add(Likeness.TAX_ID)
    owners = _by_contact_point(connection, [*group, *_persons_of(connection, group)])
    works = partner_persons.c
    links = sa.select(works.person_id, works.partner_id).where(works.person_id.in_(list(owners)))
    for row in connection.execute(links) if owners else ():
        found[row.partner_id] |= owners[row.person_id]
    for owner_id, likenesses in owners.items():
        found[owner_id] |= likenesses  # those of persons are no partners' ids, and find nobody
    return found


def _persons_of(connection: sa.Connection, group: Sequence[UUID]) -> list[UUID]:
    read = sa.select(partner_persons.c.person_id).where(partner_persons.c.partner_id.in_(group))
    return list(connection.execute(read).scalars())


def _by_tax_id(connection: sa.Connection, group: Sequence[UUID]) -> list[UUID]:
    """Find by legal entities that are the same, or have the same tax id in the same country."""
    link, entity = partner_legal_entities.c, legal_entities.c
    read = (
        sa.select(entity.id, entity.country, entity.tax_id)
        .join(partner_legal_entities, link.legal_entity_id == entity.id)
        .where(link.partner_id.in_(group))
    )
    mine = connection.execute(read).all()
    if not mine:
        return []
    numbers = [sa.and_(entity.tax_id == row.tax_id, entity.country == row.country) for row in mine if row.tax_id]
    same = sa.select(entity.id).where(sa.or_(entity.id.in_([row.id for row in mine]), *numbers))
    entities = list(connection.execute(same).scalars())
    behind = sa.select(link.partner_id).where(link.legal_entity_id.in_(entities)).limit(_MOST_LOOKED_AT)
    return list(connection.execute(behind).scalars())


def _by_contact_point(connection: sa.Connection, owner_ids: Sequence[UUID]) -> dict[UUID, set[Likeness]]:
    """Find by a phone or an e-mail, ended ones too."""
    points = contact_points.c
    read = sa.select(points.kind, points.value).where(points.owner_id.in_(owner_ids), points.kind.in_(_POINTS))
    values: dict[str, list[str]] = defaultdict(list)
    for row in connection.execute(read):
        values[row.kind].append(row.value)
    found: dict[UUID, set[Likeness]] = defaultdict(set)
    for kind, its in values.items():
        same = sa.select(points.owner_id).where(points.kind == kind, points.value.in_(its)).limit(_MOST_LOOKED_AT)
        for owner_id in connection.execute(same).scalars():
            found[owner_id].add(_POINTS[kind])
    return found
