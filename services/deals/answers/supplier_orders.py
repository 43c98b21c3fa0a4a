"""Supplier orders and shortages, as they are answered."""

from __future__ import annotations

from chassis.wire import Json
from services.deals.answers.values import money_json, quantity_json
from services.deals.domain.supplier_order import Shortage, SupplierLine, SupplierOrder


def supplier_order_json(order: SupplierOrder) -> Json:
    """Give a supplier order."""
    return {
        "id": order.id,
        "deal_id": order.deal_id,
        "supplier_id": order.supplier_id,
        "version": order.version,
        "number": order.number,
        "status": order.status,
        "ordered_on": order.ordered_on,
        "expected_on": order.expected_on,
        "amount": order.amount.to_json() if order.amount else None,
        "lines": [_line_json(one) for one in order.lines],
    }


def shortage_json(one: Shortage) -> Json:
    """Give what is short of a line of a customer order."""
    return {
        "order_id": one.order_id,
        "line": one.line,
        "product": one.product,
        "quantity": quantity_json(one.quantity),
    }


def _line_json(one: SupplierLine) -> Json:
    cost = one.cost
    return {
        "line": one.number,
        "order_id": one.order_id,
        "order_line": one.order_line,
        "product": one.product,
        "quantity": quantity_json(one.quantity),
        "received": quantity_json(one.received),
        "price": one.price.to_json() if one.price else None,
        "amount": None if cost is None or one.price is None else money_json(cost, one.price.currency),
    }
