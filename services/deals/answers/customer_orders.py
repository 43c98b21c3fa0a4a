"""Customer orders, as they are answered."""

from __future__ import annotations

from chassis.wire import Json
from services.deals.answers.documents import percent
from services.deals.answers.values import money_json, quantity_json, ref_json
from services.deals.domain.customer_order import CustomerOrder, OrderLine


def order_json(order: CustomerOrder) -> Json:
    """Give a customer order."""
    totals = order.totals
    return {
        "id": order.id,
        "deal_id": order.deal_id,
        "version": order.version,
        "number": order.number,
        "status": order.status,
        "ordered_on": order.ordered_on,
        "promised_on": order.promised_on,
        "payment_due_on": order.payment_due_on,
        "proposal_id": order.proposal_id,
        "confirmed_at": order.confirmed_at,
        "external_ref": ref_json(order.external_ref),
        "prices_include_tax": order.tax_included,
        "net": money_json(totals.net, totals.currency),
        "tax": money_json(totals.tax, totals.currency),
        "amount": money_json(totals.gross, totals.currency),
        "lines": [_line_json(one) for one in order.lines],
    }


def _line_json(one: OrderLine) -> Json:
    line = one.line
    currency = line.price.currency
    return {
        "line": one.number,
        "product": line.product,
        "quantity": quantity_json(line.quantity),
        "price": line.price.to_json(),
        "discount_percent": None if line.discount_percent is None else percent(line.discount_percent),
        "tax_percent": None if line.tax_percent is None else percent(line.tax_percent),
        "in_stock": quantity_json(one.in_stock),
        "shipped": quantity_json(one.shipped),
        "procured": quantity_json(one.procured),
        "promised_on": one.promised_on,
        "net": money_json(line.net, currency),
        "tax": money_json(line.tax, currency),
        "amount": money_json(line.gross, currency),
    }
