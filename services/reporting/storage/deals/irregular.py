"""Deals whose facts lie otherwise in time than in their order: for each moment they are added up anew."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import sqlalchemy as sa

from services.reporting.domain.deals.history import CORRECTIONS, Standing
from services.reporting.storage.deals.facts import FACT_COLUMNS, standings
from services.reporting.storage.scope import Moment, among
from services.reporting.storage.tables import deal_facts, deal_states

_AT_ONCE = 2_000
_CORRECTION = deal_facts.c.kind.in_(sorted(kind.value for kind in CORRECTIONS))


def irregular(
    connection: sa.Connection, moment: Moment, *, counted_only: bool = True
) -> Iterator[tuple[UUID, Standing]]:
    """Give how these deals stood at a moment; those left out as not `counted` may come nevertheless."""
    chosen = sa.select(deal_states.c.deal_id).where(deal_states.c.irregular)
    if counted_only and moment.known_at is None:  # what is known by now of a record holds for every moment
        chosen = chosen.where(deal_states.c.counted)
    ids = connection.execute(chosen.order_by(deal_states.c.deal_id)).scalars().all()
    statement = sa.select(*FACT_COLUMNS, deal_facts.c.deal_id).where(*moment.until(deal_facts, _CORRECTION))
    ordered = statement.order_by(deal_facts.c.deal_id, deal_facts.c.sequence)
    for start in range(0, len(ids), _AT_ONCE):  # never the facts of all
        some = among(connection, deal_facts.c.deal_id, ids[start : start + _AT_ONCE])
        yield from standings(connection.execute(ordered.where(some)))
