"""Goods that leave or come back, as they are answered."""

from __future__ import annotations

from chassis.money import Money
from chassis.wire import Json
from services.deals.answers.values import money_json, quantity_json
from services.deals.domain.shipment import GoodsLine, Return


def goods_json(one: GoodsLine, total: Money | None) -> Json:
    """Give goods of a line; `total` is what all of them cost, and says in what currency."""
    return {
        "order_id": one.order_id,
        "line": one.line,
        "product": one.product,
        "quantity": quantity_json(one.quantity),
        "returned": quantity_json(one.returned),
        "amount": money_json(one.worth, total.currency) if total else None,
    }


def return_json(returned: Return) -> Json:
    """Give a return."""
    return {
        "id": returned.id,
        "deal_id": returned.deal_id,
        "shipment_id": returned.shipment_id,
        "number": returned.number,
        "returned_on": returned.returned_on,
        "amount": returned.amount.to_json(),
        "lines": [goods_json(one, returned.amount) for one in returned.lines],
    }
