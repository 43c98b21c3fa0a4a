"""Partners that may be one and the same: found by what they share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
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
_MOST_LOOKED_AT = 200  # names of which the database says that they resemble one
_TRIGRAMS = "0.5"  # of all trigrams of two names, how many both have: pg_trgm's own 0.3 finds half of the book

Evidence = dict[UUID, dict[Likeness, float]]
"""What partners share with one, each with its weight."""

_SURVIVOR = sa.func.coalesce(partners.c.survivor_id, partners.c.id)


def duplicates_of(connection: sa.Connection, partner_id: UUID, in_reach: sa.ColumnElement[bool]) -> Evidence:
    """Find the partners within reach that share something with a partner: those that stand by themselves, not merged ones."""
    group = groups_of(connection, [partner_id])[partner_id]
    found: Evidence = defaultdict(dict)
    for likeness, sharing in _matches(group):
        seen = sa.select(_SURVIVOR).where(partners.c.id.in_(sharing), partners.c.id.not_in(group), in_reach)
        for other in connection.execute(seen.distinct().order_by(_SURVIVOR).limit(_MOST)).scalars():
            found[other][likeness] = likeness.weight
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


def _matches(group: Sequence[UUID]) -> Iterator[tuple[Likeness, sa.Select[tuple[UUID]]]]:
    """Give for each likeness the ids of the partners that have it with one of a group, its own among them."""
    yield Likeness.TAX_ID, _by_tax_id(group)
    for kind, likeness in (("PHONE", Likeness.PHONE), ("EMAIL", Likeness.EMAIL)):
        yield likeness, _by_contact_point(group, kind)


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


def _by_tax_id(group: Collection[UUID]) -> sa.Select[tuple[UUID]]:
    """Find by legal entities that are the same, or have the same tax id in the same country."""
    link, other = partner_legal_entities.alias(), partner_legal_entities.alias()
    mine, theirs = legal_entities.alias(), legal_entities.alias()
    same = sa.or_(
        theirs.c.id == mine.c.id, sa.and_(theirs.c.tax_id == mine.c.tax_id, theirs.c.country == mine.c.country)
    )
    return (
        sa.select(other.c.partner_id)
        .join(theirs, theirs.c.id == other.c.legal_entity_id)
        .join(mine, same)
        .join(link, link.c.legal_entity_id == mine.c.id)
        .where(link.c.partner_id.in_(group))
    )


def _by_contact_point(group: Collection[UUID], kind: str) -> sa.Select[tuple[UUID]]:
    """Find by a phone or an e-mail, of the partners themselves or of their persons."""
    persons = sa.select(partner_persons.c.person_id).where(partner_persons.c.partner_id.in_(group))
    points = contact_points.c
    values = sa.select(points.value).where(
        points.kind == kind, sa.or_(points.owner_id.in_(group), points.owner_id.in_(persons))
    )
    owners = sa.select(points.owner_id).where(points.kind == kind, points.value.in_(values))
    through_persons = sa.select(partner_persons.c.partner_id).where(partner_persons.c.person_id.in_(owners))
    found = sa.union(owners, through_persons).subquery()
    return sa.select(found.c[0])
