"""Supplier orders in the database; whoever changes one holds its deal."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.money import Money
from chassis.store.database import Transaction
from services.deals.domain.supplier_order import SupplierLine, SupplierOrder, SupplierOrderStatus
from services.deals.storage.audit import audited
from services.deals.storage.audited import SUPPLIER_ORDER
from services.deals.storage.quantities import micro, quantity_of
from services.deals.storage.tables import supplier_order_lines, supplier_orders


class SupplierOrders:
    """The supplier orders of deals that a transaction holds."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def get(self, order_id: UUID) -> SupplierOrder:
        """Read an order that is there."""
        (order,) = read_supplier_orders(self._tx.connection, supplier_orders.c.id == order_id)
        return order

    def add(self, order: SupplierOrder) -> None:
        """Store a new order."""
        with audited(self._tx, SUPPLIER_ORDER, order.id):
            self._tx.connection.execute(supplier_orders.insert(), {**_order_row(order), "recorded_at": self._tx.now})
            self._tx.connection.execute(supplier_order_lines.insert(), [_line_row(order, one) for one in order.lines])

    def save(self, order: SupplierOrder) -> None:
        """Write how far an order that was read is now."""
        connection, line = self._tx.connection, supplier_order_lines.c
        with audited(self._tx, SUPPLIER_ORDER, order.id):
            connection.execute(supplier_orders.update().where(supplier_orders.c.id == order.id), _order_row(order))
            for one in order.lines:
                this = sa.and_(line.supplier_order_id == order.id, line.number == one.number)
                connection.execute(supplier_order_lines.update().where(this), {"received": micro(one.received)})


def read_supplier_orders(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> list[SupplierOrder]:
    """Read the orders that fit, with their lines, the oldest first."""
    rows = connection.execute(sa.select(supplier_orders).where(*where).order_by(supplier_orders.c.id)).all()
    lines: dict[UUID, list[SupplierLine]] = defaultdict(list)
    if rows:
        line = supplier_order_lines.c
        mine = sa.select(supplier_order_lines).where(line.supplier_order_id.in_([row.id for row in rows]))
        for row in connection.execute(mine.order_by(line.supplier_order_id, line.number)):
            lines[row.supplier_order_id].append(_line(row))
    return [
        SupplierOrder(
            id=row.id,
            deal_id=row.deal_id,
            supplier_id=row.supplier_id,
            number=row.number,
            version=row.version,
            status=SupplierOrderStatus(row.status),
            ordered_on=row.ordered_on,
            expected_on=row.expected_on,
            lines=tuple(lines[row.id]),
        )
        for row in rows
    ]


def _line(row: sa.Row[Any]) -> SupplierLine:
    return SupplierLine(
        number=row.number,
        order_id=row.order_id,
        order_line=row.order_line,
        product=row.product,
        quantity=quantity_of(row.quantity),
        received=quantity_of(row.received),
        price=None if row.price_minor is None else Money(minor=row.price_minor, currency=row.currency),
    )


def _order_row(order: SupplierOrder) -> dict[str, Any]:
    amount = order.amount
    return {
        "id": order.id,
        "deal_id": order.deal_id,
        "supplier_id": order.supplier_id,
        "number": order.number,
        "version": order.version,
        "status": order.status.value,
        "ordered_on": order.ordered_on,
        "expected_on": order.expected_on,
        "currency": amount.currency if amount else None,
        "amount_minor": amount.minor if amount else None,
    }


def _line_row(order: SupplierOrder, one: SupplierLine) -> dict[str, Any]:
    return {
        "supplier_order_id": order.id,
        "number": one.number,
        "order_id": one.order_id,
        "order_line": one.order_line,
        "product": one.product,
        "quantity": micro(one.quantity),
        "received": micro(one.received),
        "price_minor": one.price.minor if one.price else None,
        "currency": one.price.currency if one.price else None,
    }
