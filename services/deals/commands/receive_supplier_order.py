"""Receive goods of a supplier order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import Annotated
from uuid import UUID

from pydantic import Field

from chassis.actor import Actor
from chassis.clock import day_of
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import supplier_order_json
from services.deals.commands.line_inputs import MOST_LINES
from services.deals.domain.lines import each_made
from services.deals.domain.quantities import required
from services.deals.domain.supplier_order import SupplierOrderStatus
from services.deals.events import SupplierOrderReceived, of_supplier_order
from services.deals.storage.amounts import in_base
from services.deals.storage.deals import Deals
from services.deals.storage.documents import day_of_document, deal_of_document, moment_of
from services.deals.storage.supplier_orders import SupplierOrders
from services.deals.storage.tables import supplier_orders
from services.deals.storage.valuing import one_valued


@dataclass(frozen=True, kw_only=True)
class ReceivedLine:
    """So much that came of a line, by its number."""

    line: int
    quantity: Decimal


@dataclass(frozen=True, kw_only=True)
class ReceiveSupplierOrder:
    """Say that goods came from a supplier: these, or with no lines named all that was still to come."""

    supplier_order_id: UUID
    lines: Annotated[tuple[ReceivedLine, ...], Field(max_length=MOST_LINES)] = ()
    received_on: date | None = None
    expected_version: int | None = None


def receive_supplier_order(command: ReceiveSupplierOrder, tx: Transaction, actor: Actor) -> Json:
    """Take goods in; answer the supplier order."""
    deal = deal_of_document(
        tx, Deals(tx, actor), supplier_orders, command.supplier_order_id, "supplier order", "supplierOrder"
    )
    orders = SupplierOrders(tx)
    order = orders.get(command.supplier_order_id)
    order.require_version(command.expected_version)
    day = command.received_on or day_of(tx.now, tx.enterprise.zone)
    received_on = day_of_document(tx, deal, day, "receivedOn")
    goods = each_made(command.lines, lambda one: (one.line, required(one.quantity, "quantity")), "lines")
    came = order.receive(goods or None)
    orders.save(order)
    received_at = moment_of(tx, deal, received_on)
    amount = in_base(tx, order.amount, received_at) if order.amount else None
    told = of_supplier_order(deal, order, came, amount, received_at)
    complete = order.status is SupplierOrderStatus.RECEIVED
    tx.emit(SupplierOrderReceived(**told, received_on=received_on, complete=complete))
    return one_valued(tx, supplier_order_json(order), itemgetter("ordered_on"))
