"""Deals whose facts lie otherwise in time than in their order: for each moment they are added up anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.reporting.domain.deals.history import CORRECTIONS, Standing
from services.reporting.storage.deals.facts import FACT_COLUMNS, standings
from services.reporting.storage.scope import Moment
from services.reporting.storage.tables import deal_facts, deal_states

_PAGE = 20_000
_CORRECTION = deal_facts.c.kind.in_(sorted(kind.value for kind in CORRECTIONS))


def irregular(
    connection: sa.Connection, moment: Moment, *, counted_only: bool = True
) -> Iterator[tuple[UUID, Standing]]:
    """Give how these deals stood at a moment; those left out as not `counted` may come nevertheless."""
    chosen = sa.select(deal_states.c.deal_id).where(deal_states.c.irregular)
    if counted_only and moment.known_at is None:  # what is known by now of a record holds for every moment
        chosen = chosen.where(deal_states.c.counted)
    known = moment.until(deal_facts, _CORRECTION)
    statement = sa.select(*FACT_COLUMNS, deal_facts.c.deal_id).where(deal_facts.c.deal_id.in_(chosen), *known)
    yield from standings(_paged(connection, statement.order_by(deal_facts.c.deal_id, deal_facts.c.sequence)))


def _paged(connection: sa.Connection, statement: sa.Select[Any]) -> Iterator[sa.Row[Any]]:
    """Read rows that end with their deal, in the order of deals and sequences, page by page: never all at once."""
    deal, sequence = deal_facts.c.deal_id, deal_facts.c.sequence
    page = connection.execute(statement.limit(_PAGE)).all()
    while page:
        yield from page
        if len(page) < _PAGE:
            return
        last = page[-1]
        after = sa.or_(deal > last[-1], sa.and_(deal == last[-1], sequence > last[0]))
        page = connection.execute(statement.where(deal >= last[-1], after).limit(_PAGE)).all()
