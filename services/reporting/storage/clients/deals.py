"""The deals of clients as they stood at a moment, those that are one sale together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from heapq import merge
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.reporting.domain.clients.sales import ClientDeal
from services.reporting.domain.deals.history import CORRECTIONS, Outcome, Standing
from services.reporting.storage.deals.deal_rows import then
from services.reporting.storage.deals.facts import FACT_COLUMNS, standings
from services.reporting.storage.deals.irregular import irregular
from services.reporting.storage.scope import Moment, Scope, among
from services.reporting.storage.tables import deal_facts, deal_merges, deal_states
from services.reporting.storage.tables.deals import NAMES_PARTNER

_f, _d, _m = deal_facts.c, deal_states.c, deal_merges.c
_CORRECTION = _f.kind.in_(sorted(kind.value for kind in CORRECTIONS))
STREAMED = {"stream_results": True, "yield_per": 2000}
"""Rows that are read a part at a time, so that memory does not grow with them; within a transaction only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sold:
    """A deal and those that were merged into it: one sale, with the documents of all of them."""

    survivor: ClientDeal
    deal_ids: tuple[UUID, ...]


def deals_of(connection: sa.Connection, moment: Moment, partner_ids: Collection[UUID]) -> list[Sold]:
    """Give the deals that were with any of some partners at a moment, without those registered by mistake."""
    named = sa.select(_f.deal_id).where(NAMES_PARTNER, _f.partner_id.in_(partner_ids)).distinct()
    ids = set(connection.execute(named).scalars())
    merges = _merges_around(connection, ids, moment.known_at)
    ids |= merges.keys() | set(merges.values())
    found = _past(connection, moment, among(connection, _f.deal_id, ids))
    return [one for one in _together(found, merges) if one.survivor.partner_id in partner_ids]


def all_merges(connection: sa.Connection, moment: Moment) -> dict[UUID, UUID]:
    """Give into which deal each was merged, as known at a moment."""
    return _pointers(connection.execute(sa.select(deal_merges)), moment.known_at)


def all_deals(connection: sa.Connection, moment: Moment, merges: Mapping[UUID, UUID], *, live: bool) -> Iterator[Sold]:
    """Give all deals at a moment in the order of their ids, those that others were merged into last.

    Rows are streamed, so this needs a transaction. Deals come without their products.
    """
    if live:
        return _together(_live(connection, merges), merges)
    regular, folded = _stood(connection, moment, merges), irregular(connection, moment, counted_only=False)
    others = [_deal(deal_id, one) for deal_id, one in folded if not one.voided]
    return _together(merge(regular, others, key=lambda deal: deal.id), merges)


def _stood(connection: sa.Connection, moment: Moment, merges: Mapping[UUID, UUID]) -> Iterator[ClientDeal]:
    """Give the deals that rows tell of at a moment."""
    stood = then(Scope(moment=moment), moment)
    names = (
        "deal_id",
        "partner_id",
        "outcome",
        "closed_at",
        "process_id",
        "stage",
        "base",
        "unconverted",
        "amount_minor",
    )
    columns = [*(stood[name] for name in names), sa.and_(*stood.counted)]
    statement = sa.select(*columns).select_from(stood.source).where(*stood.there)
    for row in connection.execute(statement.order_by(stood["deal_id"]), execution_options=STREAMED):
        if not row[9] and row[0] not in merges:  # as below
            continue
        yield ClientDeal(
            id=row[0], partner_id=row[1], outcome=Outcome(row[2]), closed_at=row[3], process_id=row[4], stage=row[5],
            base=row[6] if row[8] is not None and not row[7] else None, unconverted=row[7], products=(),
        )  # fmt: skip


def _live(connection: sa.Connection, merges: Mapping[UUID, UUID]) -> Iterator[ClientDeal]:
    columns = (
        _d.deal_id, _d.partner_id, _d.outcome, _d.closed_at, _d.process_id, _d.stage, _d.base_minor, _d.amount_minor,
        _d.counted,
    )  # fmt: skip
    for row in connection.execute(sa.select(*columns).order_by(_d.deal_id), execution_options=STREAMED):
        if not row[8] and row[0] not in merges:  # a merged deal is not counted, its documents are
            continue
        yield ClientDeal(
            id=row[0], partner_id=row[1], outcome=Outcome(row[2]), closed_at=row[3], process_id=row[4], stage=row[5],
            base=row[6], unconverted=row[7] is not None and row[6] is None, products=(),
        )  # fmt: skip


def _past(connection: sa.Connection, moment: Moment, which: sa.ColumnElement[bool]) -> Iterator[ClientDeal]:
    statement = sa.select(*FACT_COLUMNS, _f.deal_id).where(which, *moment.until(deal_facts, _CORRECTION))
    rows = connection.execute(statement.order_by(_f.deal_id, _f.sequence))
    for deal_id, standing in standings(rows):
        if not standing.voided:
            yield _deal(deal_id, standing)


def _deal(deal_id: UUID, one: Standing) -> ClientDeal:
    return ClientDeal(
        id=deal_id, partner_id=one.partner_id, outcome=one.outcome, closed_at=one.closed_at, process_id=one.process_id,
        stage=one.stage, base=one.base_minor, unconverted=one.is_unconverted, products=one.products,
        probability=Fraction(one.probability) if one.probability is not None else None,
    )  # fmt: skip


def _together(deals: Iterable[ClientDeal], merges: Mapping[UUID, UUID]) -> Iterator[Sold]:
    """Put merged deals to the one that survives; a sale whose survivor is not there counts nowhere."""
    survivors = set(merges.values())
    held: dict[UUID, list[UUID]] = {}
    there: dict[UUID, ClientDeal] = {}
    for deal in deals:
        if deal.id not in merges and deal.id not in survivors:
            yield Sold(survivor=deal, deal_ids=(deal.id,))
            continue
        root = _root(deal.id, merges)
        held.setdefault(root, []).append(deal.id)
        there[deal.id] = deal
    for root, ids in held.items():
        if root in there:
            yield Sold(survivor=there[root], deal_ids=tuple(ids))


def _root(deal_id: UUID, merges: Mapping[UUID, UUID]) -> UUID:
    seen = {deal_id}
    while deal_id in merges and merges[deal_id] not in seen:  # disordered pointers may for a moment form a ring
        deal_id = merges[deal_id]
        seen.add(deal_id)
    return deal_id


def _merges_around(connection: sa.Connection, ids: Collection[UUID], known_at: datetime | None) -> dict[UUID, UUID]:
    """Give the pointers from and to some deals, and those from and to these."""
    known: dict[UUID, UUID] = {}
    around, seen = set(ids), set[UUID]()
    while around - seen:
        new = around - seen
        seen |= new
        touching = sa.or_(among(connection, _m.deal_id, new), among(connection, _m.into_id, new))
        known |= _pointers(connection.execute(sa.select(deal_merges).where(touching)), known_at)
        around |= known.keys() | set(known.values())
    return known


def _pointers(rows: Iterable[sa.Row[Any]], known_at: datetime | None) -> dict[UUID, UUID]:
    newest: dict[UUID, tuple[int, UUID | None]] = {}
    for row in rows:
        if (known_at is None or row.recorded_at <= known_at) and row.sequence > newest.get(row.deal_id, (0, None))[0]:
            newest[row.deal_id] = (row.sequence, row.into_id)
    return {deal_id: into_id for deal_id, (_, into_id) in newest.items() if into_id is not None}
