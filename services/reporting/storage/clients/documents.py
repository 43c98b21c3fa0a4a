"""What the documents of deals tell, as known of a moment; their money in the base currency at the rate of their day, also where it came later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa

from services.reporting.domain.clients.punctuality import ObligationFact
from services.reporting.domain.clients.sales import Goods, Supply, shared_out
from services.reporting.storage.clients.deals import STREAMED
from services.reporting.storage.rates import DatedRates
from services.reporting.storage.scope import Moment, among
from services.reporting.storage.tables import (
    goods_facts,
    obligation_facts,
    payment_facts,
    proposal_facts,
    supply_facts,
)

T = TypeVar("T")
_g, _s, _o, _p = goods_facts.c, supply_facts.c, obligation_facts.c, proposal_facts.c
_GOODS = sa.select(goods_facts).order_by(_g.deal_id, _g.document_id, _g.place)
_SUPPLIES = sa.select(supply_facts).order_by(_s.deal_id, _s.supplier_order_id, _s.sequence, _s.place)


def goods_of(
    connection: sa.Connection, moment: Moment, deal_ids: Collection[UUID], rates: DatedRates
) -> dict[UUID, list[Goods]]:
    """Give what left and came back within deals."""
    statement = _GOODS.where(among(connection, _g.deal_id, deal_ids), *moment.until(goods_facts))
    return dict(_by_deal(connection.execute(statement), rates, _goods))


def supplies_of(
    connection: sa.Connection, moment: Moment, deal_ids: Collection[UUID], rates: DatedRates
) -> dict[UUID, list[Supply]]:
    """Give what was bought for deals."""
    statement = _SUPPLIES.where(among(connection, _s.deal_id, deal_ids), *moment.until(supply_facts))
    return dict(_by_deal(connection.execute(statement), rates, _supplies))


def all_goods(connection: sa.Connection, moment: Moment, rates: DatedRates) -> Iterator[tuple[UUID, list[Goods]]]:
    """Give what left and came back, a deal at a time, in the order of their ids."""
    rows = connection.execute(_GOODS.where(*moment.until(goods_facts)), execution_options=STREAMED)
    return _by_deal(rows, rates, _goods)


def all_supplies(connection: sa.Connection, moment: Moment, rates: DatedRates) -> Iterator[tuple[UUID, list[Supply]]]:
    """Give what was bought, a deal at a time, in the order of their ids."""
    rows = connection.execute(_SUPPLIES.where(*moment.until(supply_facts)), execution_options=STREAMED)
    return _by_deal(rows, rates, _supplies)


def obligations_of(
    connection: sa.Connection, moment: Moment, deal_ids: Collection[UUID], rates: DatedRates
) -> Iterator[tuple[tuple[str, str], list[ObligationFact]]]:
    """Give the facts of each obligation within deals, with who owes and what kind of thing."""
    statement = (
        sa.select(obligation_facts)
        .where(among(connection, _o.deal_id, deal_ids), *moment.until(obligation_facts))
        .order_by(_o.obligation_id)
    )
    for _, rows in groupby(connection.execute(statement), key=lambda row: row.obligation_id):
        of_one = list(rows)
        yield (
            (of_one[0].debtor, of_one[0].kind),
            [
                ObligationFact(
                    sequence=row.sequence, cancelled=row.cancelled, size=row.size,
                    base=rates.base_of(row.size, row.currency, row.base_minor, row.occurred_at), due_on=row.due_on,
                    original_due_on=row.original_due_on, part=row.part, fulfilled_on=row.fulfilled_on,
                )
                for row in of_one
            ],
        )  # fmt: skip


def paid(connection: sa.Connection, moment: Moment, deal_ids: Collection[UUID], rates: DatedRates) -> tuple[int, int]:
    """Add up the money that came and did not go back, in minor units of the base currency; count what has no rate."""
    p = payment_facts.c
    statement = sa.select(payment_facts)
    within = (among(connection, p.deal_id, deal_ids), *moment.until(payment_facts))
    newest: dict[UUID, Any] = {}
    for row in connection.execute(statement.where(*within).order_by(p.payment_id, p.sequence)):
        newest[row.payment_id] = row
    standing = [
        rates.base_of(row.amount_minor, row.currency, row.base_minor, row.occurred_at)
        for row in newest.values()
        if not row.reversed
    ]
    return sum(base for base in standing if base is not None), standing.count(None)


def versions_of(connection: sa.Connection, moment: Moment, deal_ids: Collection[UUID]) -> sa.Select[Any]:
    """Select the last fact of each version of a proposal that was sent within deals: it says how the version stands."""
    later = proposal_facts.alias()
    newer = sa.exists().where(
        later.c.proposal_id == _p.proposal_id,
        later.c.version == _p.version,
        later.c.sequence > _p.sequence,
        *moment.until(later),
    )
    within = (among(connection, _p.deal_id, deal_ids), *moment.until(proposal_facts))
    return sa.select(proposal_facts).where(*within, ~newer)


def _by_deal(
    rows: Iterable[sa.Row[Any]], rates: DatedRates, read: Callable[[Iterable[sa.Row[Any]], DatedRates], Iterator[T]]
) -> Iterator[tuple[UUID, list[T]]]:
    for deal_id, of_deal in groupby(rows, key=lambda row: row.deal_id):
        yield deal_id, list(read(of_deal, rates))


def _goods(of_deal: Iterable[sa.Row[Any]], rates: DatedRates) -> Iterator[Goods]:
    for row, base in _valued(of_deal, rates, lambda row: row.document_id):
        yield Goods(
            order_id=row.order_id, line=row.line, product=row.product, quantity=row.quantity, base=base,
            returned=bool(row.returned), at=row.occurred_at,
        )  # fmt: skip


def _supplies(of_deal: Iterable[sa.Row[Any]], rates: DatedRates) -> Iterator[Supply]:
    for row, base in _valued(of_deal, rates, lambda row: (row.supplier_order_id, row.sequence)):
        yield Supply(
            order_id=row.order_id, line=row.line, quantity=row.quantity, base=base, cancelled=bool(row.cancelled)
        )


def _valued(
    of_deal: Iterable[sa.Row[Any]], rates: DatedRates, document: Callable[[sa.Row[Any]], object]
) -> Iterator[tuple[sa.Row[Any], int | None]]:
    """Give the lines of documents with their shares of what the whole is in the base currency."""
    for _, rows in groupby(of_deal, key=document):
        lines = list(rows)
        first, amounts = lines[0], [line.amount_minor for line in lines]
        told = [line.base_minor for line in lines]
        whole = None if None in amounts else sum(amounts)
        base = rates.base_of(whole, first.currency, None, first.occurred_at)
        yield from zip(lines, told if base is None else shared_out(base, amounts), strict=True)


def of_all(found: Mapping[UUID, list[Any]], deal_ids: Collection[UUID]) -> list[Any]:
    """Give what was found of several deals in one list."""
    by_deal: dict[UUID, list[Any]] = defaultdict(list, found)
    return [one for deal_id in deal_ids for one in by_deal[deal_id]]
