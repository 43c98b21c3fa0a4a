"""Shipments and returns in the database, line by line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.errors import refuse
from chassis.money import Money
from chassis.store.database import Transaction
from services.deals.domain.shipment import GoodsLine, Return, Shipment
from services.deals.storage.audit import audited
from services.deals.storage.audited import RETURN, SHIPMENT
from services.deals.storage.quantities import micro, quantity_of
from services.deals.storage.tables import return_lines, returns, shipment_lines, shipments


class Shipments:
    """The shipments of deals that a transaction holds, and the returns of them."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def get(self, shipment_id: UUID) -> Shipment:
        """Read a shipment; raise Refused with NOT_FOUND."""
        found = read_shipments(self._tx.connection, shipments.c.id == shipment_id)
        if not found:
            raise refuse("NOT_FOUND", f"there is no shipment {shipment_id}", "shipment")
        return found[0]

    def add(self, shipment: Shipment) -> None:
        """Store a new shipment."""
        with audited(self._tx, SHIPMENT, shipment.id):
            self._insert(shipment)

    def add_return(self, returned: Return) -> None:
        """Store a new return, and count it on the lines of its shipment."""
        with audited(self._tx, RETURN, returned.id), audited(self._tx, SHIPMENT, returned.shipment_id):
            self._insert_return(returned)
            self._count_returned(returned)

    def _insert(self, shipment: Shipment) -> None:
        amount = shipment.amount
        self._tx.connection.execute(
            shipments.insert(),
            {
                "id": shipment.id,
                "deal_id": shipment.deal_id,
                "number": shipment.number,
                "shipped_on": shipment.shipped_on,
                "complete": shipment.complete,
                "order_id": shipment.order_id,
                "amount_minor": amount.minor if amount else None,
                "currency": amount.currency if amount else None,
                "occurred_at": shipment.occurred_at,
                "recorded_at": self._tx.now,
            },
        )
        if shipment.lines:
            rows = [{"shipment_id": shipment.id, "returned": 0, **_goods_row(one)} for one in shipment.lines]
            self._tx.connection.execute(shipment_lines.insert(), rows)

    def _insert_return(self, returned: Return) -> None:
        self._tx.connection.execute(
            returns.insert(),
            {
                "id": returned.id,
                "deal_id": returned.deal_id,
                "shipment_id": returned.shipment_id,
                "number": returned.number,
                "returned_on": returned.returned_on,
                "amount_minor": returned.amount.minor,
                "currency": returned.amount.currency,
                "recorded_at": self._tx.now,
            },
        )
        rows = [{"return_id": returned.id, **_goods_row(one)} for one in returned.lines]
        self._tx.connection.execute(return_lines.insert(), rows)

    def _count_returned(self, returned: Return) -> None:
        line = shipment_lines.c
        for one in returned.lines:
            this = sa.and_(
                line.shipment_id == returned.shipment_id, line.order_id == one.order_id, line.line == one.line
            )
            count = {"returned": line.returned + micro(one.quantity)}
            self._tx.connection.execute(shipment_lines.update().where(this).values(count))


def read_shipments(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> list[Shipment]:
    """Read the shipments that fit, with their lines, the oldest first."""
    rows = connection.execute(sa.select(shipments).where(*where).order_by(shipments.c.shipped_on, shipments.c.id)).all()
    lines = _lines(connection, shipment_lines, shipment_lines.c.shipment_id, [row.id for row in rows])
    return [
        Shipment(
            id=row.id,
            deal_id=row.deal_id,
            sequence=0,  # of the deal by then; nobody asks for it again
            number=row.number,
            shipped_on=row.shipped_on,
            complete=row.complete,
            occurred_at=row.occurred_at,
            lines=tuple(lines[row.id]),
            amount=None if row.amount_minor is None else Money(minor=row.amount_minor, currency=row.currency),
        )
        for row in rows
    ]


def read_returns(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> list[Return]:
    """Read the returns that fit, with their lines, the oldest first."""
    rows = connection.execute(sa.select(returns).where(*where).order_by(returns.c.returned_on, returns.c.id)).all()
    lines = _lines(connection, return_lines, return_lines.c.return_id, [row.id for row in rows])
    return [
        Return(
            id=row.id,
            deal_id=row.deal_id,
            shipment_id=row.shipment_id,
            number=row.number,
            returned_on=row.returned_on,
            lines=tuple(lines[row.id]),
            amount=Money(minor=row.amount_minor, currency=row.currency),
        )
        for row in rows
    ]


def _lines(
    connection: sa.Connection, table: sa.Table, document: sa.ColumnElement[UUID], ids: Iterable[UUID]
) -> dict[UUID, list[GoodsLine]]:
    found: dict[UUID, list[GoodsLine]] = defaultdict(list)
    wanted = list(ids)
    if wanted:
        select = sa.select(document.label("document_id"), table).where(document.in_(wanted))
        for row in connection.execute(select.order_by(document, table.c.order_id, table.c.line)).mappings():
            found[row["document_id"]].append(
                GoodsLine(
                    order_id=row["order_id"],
                    line=row["line"],
                    product=row["product"],
                    quantity=quantity_of(row["quantity"]),
                    worth=row["worth_minor"],
                    returned=quantity_of(row.get("returned", 0)),
                )
            )
    return found


def _goods_row(one: GoodsLine) -> dict[str, Any]:
    return {
        "order_id": one.order_id,
        "line": one.line,
        "product": one.product,
        "quantity": micro(one.quantity),
        "worth_minor": one.worth,
    }
