"""Partners that may be one and the same: found by what they share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from math import prod
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.contacts.domain.duplicates import Likeness
from services.contacts.storage.reach import partners_in_reach
from services.contacts.storage.tables import (
    contact_points,
    legal_entities,
    partner_legal_entities,
    partner_persons,
    partners,
)

_MOST = 20
_Match = tuple[Likeness, sa.Select[tuple[UUID]]]


def likely_duplicates(reading: Reading, partner_id: UUID, actor: Actor) -> list[Json]:
    """Give the partners in reach that share something with a partner: who, how likely (0 to 1) and why.

    What is shared is independent evidence: the score is 1 − ∏(1 − weight).
    """
    reasons: dict[UUID, set[Likeness]] = defaultdict(set)
    for likeness, sharing in _matches(partner_id):
        seen = sa.select(partners.c.id).where(
            partners.c.id.in_(sharing), partners.c.id != partner_id, partners_in_reach(actor)
        )
        for other in reading.connection.execute(seen.limit(_MOST)).scalars():
            reasons[other].add(likeness)
    found = [
        {
            "partner_id": other,
            "score": round(1 - prod(1 - likeness.weight for likeness in shared), 4),
            "reasons": sorted(shared),
        }
        for other, shared in reasons.items()
    ]
    return sorted(found, key=lambda one: (-float(str(one["score"])), str(one["partner_id"])))[:_MOST]


def _matches(partner_id: UUID) -> Iterator[_Match]:
    """Give for each likeness the ids of the partners that have it with this one, itself among them."""
    yield Likeness.TAX_ID, _by_tax_id(partner_id)
    for kind, likeness in (("PHONE", Likeness.PHONE), ("EMAIL", Likeness.EMAIL)):
        yield likeness, _by_contact_point(partner_id, kind)
    name = sa.select(partners.c.name_search).where(partners.c.id == partner_id).scalar_subquery()
    # a name of punctuation alone has no words to compare
    yield Likeness.NAME, sa.select(partners.c.id).where(partners.c.name_search == name, partners.c.name_search != "")


def _by_tax_id(partner_id: UUID) -> sa.Select[tuple[UUID]]:
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
        .where(link.c.partner_id == partner_id)
    )


def _by_contact_point(partner_id: UUID, kind: str) -> sa.Select[tuple[UUID]]:
    """Find by a phone or an e-mail, of the partners themselves or of their persons."""
    persons = sa.select(partner_persons.c.person_id).where(partner_persons.c.partner_id == partner_id)
    points = contact_points.c
    values = sa.select(points.value).where(
        points.kind == kind, sa.or_(points.owner_id == partner_id, points.owner_id.in_(persons))
    )
    owners = sa.select(points.owner_id).where(points.kind == kind, points.value.in_(values))
    through_persons = sa.select(partner_persons.c.partner_id).where(partner_persons.c.person_id.in_(owners))
    found = sa.union(owners, through_persons).subquery()
    return sa.select(found.c[0])
