"""What the documents of deals tell, as known of a moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.reporting.domain.clients.punctuality import ObligationFact
from services.reporting.domain.clients.sales import Goods, Supply
from services.reporting.storage.clients.deals import STREAMED
from services.reporting.storage.scope import Moment, among
from services.reporting.storage.tables import (
    goods_facts,
    obligation_facts,
    payment_facts,
    proposal_facts,
    supply_facts,
)

_g, _s, _o, _p = goods_facts.c, supply_facts.c, obligation_facts.c, proposal_facts.c
_GOODS = sa.select(
    _g.deal_id, _g.order_id, _g.line, _g.product, _g.quantity, _g.base_minor, _g.returned, _g.occurred_at
).order_by(_g.deal_id, _g.document_id, _g.place)
_SUPPLIES = sa.select(_s.deal_id, _s.order_id, _s.line, _s.quantity, _s.base_minor, _s.cancelled).order_by(_s.deal_id)


def goods_of(connection: sa.Connection, moment: Moment, deal_ids: Collection[UUID]) -> dict[UUID, list[Goods]]:
    """Give what left and came back within deals."""
    statement = _GOODS.where(among(connection, _g.deal_id, deal_ids), *moment.until(goods_facts))
    return {deal_id: list(goods) for deal_id, goods in _grouped(connection.execute(statement), _goods)}


def supplies_of(connection: sa.Connection, moment: Moment, deal_ids: Collection[UUID]) -> dict[UUID, list[Supply]]:
    """Give what was bought for deals."""
    statement = _SUPPLIES.where(among(connection, _s.deal_id, deal_ids), *moment.until(supply_facts))
    return {deal_id: list(supplies) for deal_id, supplies in _grouped(connection.execute(statement), _supply)}


def all_goods(connection: sa.Connection, moment: Moment) -> Iterator[tuple[UUID, list[Goods]]]:
    """Give what left and came back, a deal at a time, in the order of their ids."""
    rows = connection.execute(_GOODS.where(*moment.until(goods_facts)), execution_options=STREAMED)
    return _grouped(rows, _goods)


def all_supplies(connection: sa.Connection, moment: Moment) -> Iterator[tuple[UUID, list[Supply]]]:
    """Give what was bought, a deal at a time, in the order of their ids."""
    rows = connection.execute(_SUPPLIES.where(*moment.until(supply_facts)), execution_options=STREAMED)
    return _grouped(rows, _supply)


def obligations_of(
    connection: sa.Connection, moment: Moment, deal_ids: Collection[UUID]
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
                    sequence=row.sequence, cancelled=row.cancelled, size=row.size, base=row.base_minor, due_on=row.due_on,
                    original_due_on=row.original_due_on, part=row.part, fulfilled_on=row.fulfilled_on,
                )
                for row in of_one
            ],
        )  # fmt: skip


def paid(connection: sa.Connection, moment: Moment, deal_ids: Collection[UUID]) -> tuple[int, int]:
    """Add up the money that came and did not go back, in minor units of the base currency; count what has no rate."""
    p = payment_facts.c
    statement = sa.select(p.payment_id, p.sequence, p.reversed, p.base_minor)
    within = (among(connection, p.deal_id, deal_ids), *moment.until(payment_facts))
    newest: dict[UUID, Any] = {}
    for row in connection.execute(statement.where(*within).order_by(p.payment_id, p.sequence)):
        newest[row.payment_id] = row
    standing = [row.base_minor for row in newest.values() if not row.reversed]
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


def _grouped(rows: Any, read: Any) -> Iterator[tuple[UUID, list[Any]]]:
    for deal_id, of_deal in groupby(rows, key=lambda row: row[0]):
        yield deal_id, [read(row) for row in of_deal]


def _goods(row: Sequence[Any]) -> Goods:
    return Goods(
        order_id=row[1], line=row[2], product=row[3], quantity=row[4], base=row[5], returned=bool(row[6]), at=row[7]
    )


def _supply(row: Sequence[Any]) -> Supply:
    return Supply(order_id=row[1], line=row[2], quantity=row[3], base=row[4], cancelled=bool(row[5]))


def of_all(found: Mapping[UUID, list[Any]], deal_ids: Collection[UUID]) -> list[Any]:
    """Give what was found of several deals in one list."""
    by_deal: dict[UUID, list[Any]] = defaultdict(list, found)
    return [one for deal_id in deal_ids for one in by_deal[deal_id]]
