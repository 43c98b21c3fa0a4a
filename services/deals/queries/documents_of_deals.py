"""The documents of deals, in one list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import itemgetter
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.clock import day_of
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.answers import document_json
from services.deals.queries.rows_of_deals import shown_under
from services.deals.storage.customer_orders import read_orders
from services.deals.storage.files import read_files
from services.deals.storage.ledgers import read_payments
from services.deals.storage.proposal_view import proposals_shown
from services.deals.storage.shipments import read_returns, read_shipments
from services.deals.storage.supplier_orders import read_supplier_orders
from services.deals.storage.tables import (
    customer_orders,
    files,
    payments,
    proposals,
    returns,
    sale_terms,
    shipments,
    supplier_orders,
)
from services.deals.storage.valuing import valued

_Within = Callable[[sa.ColumnElement[UUID]], sa.ColumnElement[bool]]
_Found = Iterator[tuple[UUID, Json]]


@dataclass(frozen=True, kw_only=True)
class DocumentsOfDeals:
    """Ask for the documents of deals."""

    deal_ids: list[UUID]


def documents_of_deals(query: DocumentsOfDeals, reading: Reading, actor: Actor) -> Json:
    """Give the documents of each deal, with those merged into it, by date; none for a deal that is not within reach."""
    shown = shown_under(reading, actor, query.deal_ids)
    by_deal: dict[UUID, list[Json]] = defaultdict(list)
    for source in (_proposals, _terms, _orders, _supplier_orders, _goods, _payments, _files):
        for deal_id, document in source(reading, lambda column: column.in_(shown)):
            for asked in shown[deal_id]:
                by_deal[asked].append(document)
    valued(reading, [one for of_deal in by_deal.values() for one in of_deal], itemgetter("date"))
    for documents in by_deal.values():
        documents.sort(key=lambda one: (one["date"], one["id"]))
    return {"documents": [by_deal.get(deal_id, []) for deal_id in query.deal_ids]}


def _proposals(reading: Reading, within: _Within) -> _Found:
    for one in proposals_shown(reading, within(proposals.c.deal_id)):
        latest = one["versions"][-1]
        amount = latest["totals"]["gross"] if latest["totals"] else (latest["response"] or {}).get("amount")
        document = document_json("PROPOSAL", one["id"], one["number"], one["dated_on"], amount, one["status"])
        yield one["deal_id"], document


def _terms(reading: Reading, within: _Within) -> _Found:
    t = sale_terms.c
    today = day_of(reading.now, reading.enterprise.zone)
    for row in reading.connection.execute(
        sa.select(t.id, t.deal_id, t.valid_from, t.valid_to).where(within(t.deal_id))
    ):
        over = row.valid_to is not None and row.valid_to < today
        status = "EXPIRED" if over else "EFFECTIVE" if row.valid_from <= today else "FUTURE"
        yield row.deal_id, document_json("SALE_TERMS", row.id, None, row.valid_from, None, status)


def _orders(reading: Reading, within: _Within) -> _Found:
    for one in read_orders(reading.connection, within(customer_orders.c.deal_id)):
        amount = one.totals.to_pay.to_json()
        yield one.deal_id, document_json("CUSTOMER_ORDER", one.id, one.number, one.ordered_on, amount, one.status)


def _supplier_orders(reading: Reading, within: _Within) -> _Found:
    for one in read_supplier_orders(reading.connection, within(supplier_orders.c.deal_id)):
        amount = one.amount.to_json() if one.amount else None
        yield one.deal_id, document_json("SUPPLIER_ORDER", one.id, one.number, one.ordered_on, amount, one.status)


def _goods(reading: Reading, within: _Within) -> _Found:
    for one in read_shipments(reading.connection, within(shipments.c.deal_id)):
        amount = one.amount.to_json() if one.amount else None
        status = "COMPLETE" if one.complete else "PARTIAL"
        yield one.deal_id, document_json("SHIPMENT", one.id, one.number, one.shipped_on, amount, status)
    for back in read_returns(reading.connection, within(returns.c.deal_id)):
        amount = back.amount.to_json()
        yield back.deal_id, document_json("RETURN", back.id, back.number, back.returned_on, amount, None)


def _payments(reading: Reading, within: _Within) -> _Found:
    for one in read_payments(reading.connection, within(payments.c.deal_id)):
        status = "REVERSED" if one.reversed_on else "RECEIVED"
        yield one.deal_id, document_json("PAYMENT", one.id, one.number, one.paid_on, one.money.to_json(), status)


def _files(reading: Reading, within: _Within) -> _Found:
    for row in read_files(reading.connection, within(files.c.deal_id)):
        yield row.deal_id, document_json("FILE", row.id, row.name, row.attached_on, None, None)
