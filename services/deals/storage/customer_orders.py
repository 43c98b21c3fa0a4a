"""Customer orders in the database; whoever changes one holds its deal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.errors import refuse
from chassis.money import Money
from chassis.store.database import Transaction
from services.deals.domain.customer_order import CustomerOrder, OrderLine, OrderStatus
from services.deals.domain.external_ref import ExternalRef
from services.deals.domain.lines import Line
from services.deals.domain.payment_schedule import AT_SHIPMENT, Basis, Instalment
from services.deals.domain.percent import parts_of, percent_of
from services.deals.storage.audit import audited
from services.deals.storage.audited import CUSTOMER_ORDER
from services.deals.storage.quantities import micro, quantity_of
from services.deals.storage.tables import customer_order_lines, customer_orders


class CustomerOrders:
    """The customer orders of deals that a transaction holds."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def of_deal(self, deal_id: UUID) -> list[CustomerOrder]:
        """Read all orders of a deal, the oldest first."""
        return read_orders(self._tx.connection, customer_orders.c.deal_id == deal_id)

    def add(self, order: CustomerOrder) -> None:
        """Store a new order; raise Refused if its external reference is another order's."""
        with audited(self._tx, CUSTOMER_ORDER, order.id):
            self._insert(order)
            self._add_lines(order)

    def save(self, order: CustomerOrder) -> None:
        """Write an order that was read."""
        connection, line = self._tx.connection, customer_order_lines
        with audited(self._tx, CUSTOMER_ORDER, order.id):
            connection.execute(customer_orders.update().where(customer_orders.c.id == order.id), _order_row(order))
            connection.execute(line.delete().where(line.c.order_id == order.id))
            self._add_lines(order)

    def _insert(self, order: CustomerOrder) -> None:
        try:
            with self._tx.attempt():
                self._tx.connection.execute(
                    customer_orders.insert(), {**_order_row(order), "recorded_at": self._tx.now}
                )
        except sa.exc.IntegrityError as error:
            if order.external_ref is None or "external" not in str(error.orig):
                raise
            ref = order.external_ref
            message = f"another customer order is {ref.id!r} of {ref.system!r}"
            raise refuse("EXTERNAL_REF_TAKEN", message, "externalRef") from None

    def _add_lines(self, order: CustomerOrder) -> None:
        self._tx.connection.execute(customer_order_lines.insert(), [_line_row(order, one) for one in order.lines])


def read_orders(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> list[CustomerOrder]:
    """Read the orders that fit, with their lines, the oldest first."""
    orders = connection.execute(sa.select(customer_orders).where(*where).order_by(customer_orders.c.id)).all()
    lines = _lines_of(connection, [row.id for row in orders], {row.id: row for row in orders})
    return [_order(row, lines[row.id]) for row in orders]


def _lines_of(
    connection: sa.Connection, order_ids: Sequence[UUID], orders: dict[UUID, sa.Row[Any]]
) -> dict[UUID, list[OrderLine]]:
    lines: dict[UUID, list[OrderLine]] = defaultdict(list)
    if order_ids:
        c = customer_order_lines.c
        select = sa.select(customer_order_lines).where(c.order_id.in_(order_ids)).order_by(c.order_id, c.number)
        for row in connection.execute(select):
            lines[row.order_id].append(_line(row, orders[row.order_id]))
    return lines


def _order(row: sa.Row[Any], lines: list[OrderLine]) -> CustomerOrder:
    return CustomerOrder(
        id=row.id,
        deal_id=row.deal_id,
        number=row.number,
        version=row.version,
        status=OrderStatus(row.status),
        ordered_on=row.ordered_on,
        promised_on=row.promised_on,
        payment_due_on=row.payment_due_on,
        tax_included=row.tax_included,
        proposal_id=row.proposal_id,
        confirmed_at=row.confirmed_at,
        external_ref=ExternalRef(system=row.external_system, id=row.external_id) if row.external_system else None,
        last_number=row.last_number,
        instalments=_instalments(row.instalments),
        lines=tuple(lines),
    )


def _instalments(stored: list[dict[str, Any]] | None) -> tuple[Instalment, ...]:
    if not stored:
        return AT_SHIPMENT
    return tuple(
        Instalment(percent=percent_of(one["ppm"]), offset_days=one["offset_days"], basis=Basis(one["basis"]))
        for one in stored
    )


def _instalment_row(one: Instalment) -> dict[str, Any]:
    return {"ppm": parts_of(one.percent), "offset_days": one.offset_days, "basis": one.basis.value}


def _line(row: sa.Row[Any], order: sa.Row[Any]) -> OrderLine:
    return OrderLine(
        number=row.number,
        line=Line(
            product=row.product,
            quantity=quantity_of(row.quantity),
            price=Money(minor=row.price_minor, currency=order.currency),
            discount_percent=None if row.discount_ppm is None else percent_of(row.discount_ppm),
            tax_percent=None if row.tax_ppm is None else percent_of(row.tax_ppm),
            tax_included=order.tax_included,
        ),
        in_stock=quantity_of(row.in_stock),
        shipped=quantity_of(row.shipped),
        procured=quantity_of(row.procured),
        promised_on=row.promised_on,
    )


def _order_row(order: CustomerOrder) -> dict[str, Any]:
    ref, totals = order.external_ref, order.totals
    return {
        "id": order.id,
        "deal_id": order.deal_id,
        "number": order.number,
        "version": order.version,
        "status": order.status.value,
        "ordered_on": order.ordered_on,
        "promised_on": order.promised_on,
        "payment_due_on": order.payment_due_on,
        "tax_included": order.tax_included,
        "currency": totals.currency,
        "gross_minor": totals.gross,
        "last_number": order.last_number,
        "proposal_id": order.proposal_id,
        "confirmed_at": order.confirmed_at,
        "instalments": [_instalment_row(one) for one in order.instalments] if order.is_binding else None,
        "external_system": ref.system if ref else None,
        "external_id": ref.id if ref else None,
    }


def _line_row(order: CustomerOrder, one: OrderLine) -> dict[str, Any]:
    line = one.line
    return {
        "order_id": order.id,
        "number": one.number,
        "product": line.product,
        "quantity": micro(line.quantity),
        "price_minor": line.price.minor,
        "discount_ppm": None if line.discount_percent is None else parts_of(line.discount_percent),
        "tax_ppm": None if line.tax_percent is None else parts_of(line.tax_percent),
        "in_stock": micro(one.in_stock),
        "shipped": micro(one.shipped),
        "procured": micro(one.procured),
        "promised_on": one.promised_on,
    }
