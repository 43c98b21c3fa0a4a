"""Deals that may have been registered twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.answers import deal_json
from services.deals.domain.likeness import ENOUGH, Likeness, likeness
from services.deals.domain.transition import Outcome
from services.deals.queries.deal_filter import DealFilter
from services.deals.storage.merged_partners import families
from services.deals.storage.reach import within_reach
from services.deals.storage.rows import amount_of
from services.deals.storage.tables import deals

_MOST_SHOWN = 10
_MOST_COMPARED = 200


@dataclass(frozen=True, kw_only=True)
class PossibleDuplicatesOfDeals:
    """Ask which deals may be the same sale as others."""

    deal_ids: list[UUID]


def possible_duplicates_of_deals(query: PossibleDuplicatesOfDeals, reading: Reading, actor: Actor) -> Json:
    """Give for each deal those in progress, of the same partner, that are like it: the likeliest first, at most ten.

    Of a partner's deals the newest two hundred are compared. A deal without a partner is like none.
    """
    reach = within_reach(actor, deals.c.manager_id)
    rows = reading.connection.execute(sa.select(deals).where(deals.c.id.in_(query.deal_ids), *reach)).all()
    found = {row.id: _like(row, reading, actor) for row in rows if row.partner_id is not None}
    return {"duplicates": [found.get(deal_id, []) for deal_id in query.deal_ids]}


def _like(deal: sa.Row[Any], reading: Reading, actor: Actor) -> list[Json]:
    partners = families(reading.connection, [deal.partner_id])[deal.partner_id]
    open_ones = DealFilter(partner_ids=sorted(partners), outcomes=[Outcome.IN_PROGRESS]).conditions()
    others = reading.connection.execute(
        sa.select(deals)
        .where(*open_ones, deals.c.id != deal.id, *within_reach(actor, deals.c.manager_id))
        .order_by(deals.c.created_at.desc(), deals.c.number.desc())
        .limit(_MOST_COMPARED)
    )
    base = reading.enterprise.base_currency
    compared = [(_compare(deal, other, base), other) for other in others]
    likely = sorted((one for one in compared if one[0].score >= ENOUGH), key=lambda one: (-one[0].score, one[1].number))
    return [
        {"deal": deal_json(other._mapping, base), "score": like.score, "reasons": like.reasons}
        for like, other in likely[:_MOST_SHOWN]
    ]


def _compare(one: sa.Row[Any], other: sa.Row[Any], base: str) -> Likeness:
    amounts = [amount_of(row.amount_minor, row.currency, row.base_minor, base) for row in (one, other)]
    return likeness(one.title, amounts[0], other.title, amounts[1])
