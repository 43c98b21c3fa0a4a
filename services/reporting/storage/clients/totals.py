"""What every client bought, added up a deal at a time: memory grows with the clients and not with their deals."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from services.reporting.domain.clients.sales import Sale, sales_of
from services.reporting.domain.clients.sub_periods import SubPeriod, beginning
from services.reporting.storage.clients.deals import all_deals, all_merges
from services.reporting.storage.clients.documents import all_goods, all_supplies
from services.reporting.storage.rates import DatedRates
from services.reporting.storage.scope import Moment
from services.reporting.storage.tables import merged_partners

T = TypeVar("T")


@dataclass(slots=True)
class Totals:
    """What a client bought: in all, and within the period; money in minor units of the base currency."""

    first: date | None = None
    last: date | None = None
    orders_ever: int = 0
    sales: int = 0
    orders: int = 0
    revenue: int = 0
    costs_known: int = 0
    margin: int = 0
    unconverted: int = 0
    by_sub_period: dict[date, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Window:
    """The period of a run, in business days, and what it is divided into."""

    first: date
    end: date
    sub_period: SubPeriod
    zone: ZoneInfo


def totals_of_clients(
    connection: sa.Connection, moment: Moment, window: Window, rates: DatedRates, *, live: bool
) -> dict[UUID, Totals]:
    """Add up what each client bought who has a deal; merged partners count as the one that survives."""
    merges = all_merges(connection, moment)
    held = merges.keys() | set(merges.values())
    goods = _Aligned(all_goods(connection, moment, rates), held)
    supplies = _Aligned(all_supplies(connection, moment, rates), held)
    roots = _roots(connection)
    found: dict[UUID, Totals] = {}
    for sold in all_deals(connection, moment, merges, live=live):
        left = [one for deal_id in sold.deal_ids for one in goods.of(deal_id)]
        bought = [one for deal_id in sold.deal_ids for one in supplies.of(deal_id)]
        partner_id = sold.survivor.partner_id
        if partner_id is None:
            continue
        totals = found.setdefault(roots.get(partner_id, partner_id), Totals())
        _add(totals, sales_of(sold.survivor, left, bought), window)
    return found


def _add(totals: Totals, sales: list[Sale], window: Window) -> None:
    orders, ever = set[UUID](), set[UUID]()  # an order belongs to one deal
    for sale in sales:
        day = sale.at.astimezone(window.zone).date()
        within = window.first <= day < window.end
        if not sale.returned:
            ever.add(sale.order)
            totals.first = day if totals.first is None else min(totals.first, day)
            totals.last = day if totals.last is None else max(totals.last, day)
            if within:
                orders.add(sale.order)
                totals.sales += 1
        if not within:
            continue
        if sale.base is None:
            totals.unconverted += 1
            continue
        totals.revenue += sale.base
        begins = beginning(day, window.sub_period)
        totals.by_sub_period[begins] = totals.by_sub_period.get(begins, 0) + sale.base
        if sale.cost is not None:
            totals.costs_known += 1
            totals.margin += sale.base - sale.cost
    totals.orders += len(orders)
    totals.orders_ever += len(ever)


def _roots(connection: sa.Connection) -> dict[UUID, UUID]:
    m = merged_partners.c
    pointers = {row[0]: row[1] for row in connection.execute(sa.select(m.id, m.into_id).where(m.into_id.is_not(None)))}
    roots = {}
    for partner_id in pointers:
        root, seen = partner_id, set[UUID]()
        while root in pointers and root not in seen:  # disordered pointers may for a moment form a ring
            seen.add(root)
            root = pointers[root]
        roots[partner_id] = root
    return roots


class _Aligned(Generic[T]):
    """Gives what belongs to deals that are asked for in the order of their ids; of some it keeps it until they are."""

    def __init__(self, source: Iterator[tuple[UUID, list[T]]], held: Collection[UUID]) -> None:
        self._source = source
        self._held = held
        self._kept: dict[UUID, list[T]] = {}
        self._next = next(source, None)

    def of(self, deal_id: UUID) -> list[T]:
        """Give what belongs to a deal."""
        while self._next is not None and (deal_id in self._held or self._next[0] <= deal_id):
            at, things = self._next
            if at in self._held:
                self._kept[at] = things
            self._next = next(self._source, None)
            if at == deal_id:
                return self._kept.pop(deal_id, things)
        return self._kept.pop(deal_id, [])
