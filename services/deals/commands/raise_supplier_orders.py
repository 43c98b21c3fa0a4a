"""Raise supplier orders from what is short in a deal."""

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
from chassis.errors import Refused, refuse
from chassis.money import Money
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import supplier_order_json
from services.deals.commands.inputs import AmountInput, Product
from services.deals.commands.line_inputs import MOST_LINES
from services.deals.domain.lines import each_made
from services.deals.domain.quantities import required
from services.deals.domain.supplier_order import Purchase, Shortage, SupplierOrder, uncovered
from services.deals.events import SupplierOrderPlaced, of_supplier_order
from services.deals.storage.amounts import in_base
from services.deals.storage.books import Books
from services.deals.storage.deals import Deals
from services.deals.storage.documents import day_of_document, moment_of, next_number
from services.deals.storage.partner_roles import require_supplier
from services.deals.storage.supplier_orders import SupplierOrders
from services.deals.storage.tables import supplier_orders
from services.deals.storage.valuing import valued


@dataclass(frozen=True, kw_only=True)
class PurchaseInput:
    """A line of a customer order that is short: how much of it to buy (all, if not said), of whom and at what price."""

    line: int
    order_id: UUID | None = None
    supplier_id: UUID | None = None
    quantity: Decimal | None = None
    price: AmountInput | None = None


@dataclass(frozen=True, kw_only=True)
class PreferredSupplier:
    """Of whom a product is bought, where a line names nobody, and at what price."""

    product: Product
    supplier_id: UUID
    price: AmountInput | None = None


@dataclass(frozen=True, kw_only=True)
class RaiseSupplierOrders:
    """Order what is short in a deal: these lines, or with none named all of it."""

    deal_id: UUID
    lines: Annotated[tuple[PurchaseInput, ...], Field(max_length=MOST_LINES)] = ()
    suppliers: Annotated[tuple[PreferredSupplier, ...], Field(max_length=MOST_LINES)] = ()
    ordered_on: date | None = None
    expected_on: date | None = None


def raise_supplier_orders(command: RaiseSupplierOrders, tx: Transaction, actor: Actor) -> Json:
    """Place an order with each supplier, linked back to what it is bought for; answer the orders."""
    deal = Deals(tx, actor).get(command.deal_id)
    deal.require_open()
    books = Books(tx, deal)
    short = books.shortage()
    if not short:
        raise refuse("NO_SHORTAGE", "nothing is short: all that is ordered is in stock or on its way", "deal")
    day = command.ordered_on or day_of(tx.now, tx.enterprise.zone)
    ordered_on = day_of_document(tx, deal, day, "orderedOn")
    if command.expected_on is not None and command.expected_on < ordered_on:
        raise refuse("INVALID_DATE", f"{command.expected_on} is before the order itself, of {ordered_on}", "expectedOn")
    placed = []
    for supplier_id, purchases in _by_supplier(_purchases(command, short)).items():
        require_supplier(tx.connection, supplier_id)
        order = SupplierOrder.place(
            purchases,
            deal_id=deal.id,
            supplier_id=supplier_id,
            number=next_number(tx, supplier_orders, deal, "S"),
            ordered_on=ordered_on,
            expected_on=command.expected_on,
        )
        SupplierOrders(tx).add(order)
        for one in order.lines:
            books.order(one.order_id).procure(one.order_line, one.quantity)
        ordered_at = moment_of(tx, deal, ordered_on)
        amount = in_base(tx, order.amount, ordered_at) if order.amount else None
        told = of_supplier_order(deal, order, order.lines, amount, ordered_at)
        tx.emit(SupplierOrderPlaced(**told, ordered_on=ordered_on, expected_on=order.expected_on))
        placed.append(supplier_order_json(order))
    books.close(tx.now)
    return {"supplier_orders": valued(tx, placed, itemgetter("ordered_on"))}


def _purchases(command: RaiseSupplierOrders, short: list[Shortage]) -> tuple[Purchase, ...]:
    each_made(command.suppliers, lambda one: _price(one.price), "suppliers")  # so that a bad price is said of its place
    preferred = {one.product: one for one in command.suppliers}
    if command.lines:
        made = each_made(command.lines, lambda one: _of_line(one, short, preferred), "lines")
        if len({(one.shortage.order_id, one.shortage.line) for one in made}) < len(made):
            raise refuse("LINE_TWICE", "the same line is given twice; give it once", "lines")
        return made
    missing = [one for one in short if one.product not in preferred]
    if missing:
        raise uncovered(missing)
    return tuple(
        Purchase(
            shortage=one,
            supplier_id=preferred[one.product].supplier_id,
            quantity=one.quantity,
            price=_price(preferred[one.product].price),
        )
        for one in short
    )


def _of_line(one: PurchaseInput, short: list[Shortage], preferred: dict[str, PreferredSupplier]) -> Purchase:
    shortage = _shortage(one, short)
    usual = preferred.get(shortage.product)
    supplier_id = one.supplier_id or (usual.supplier_id if usual else None)
    if supplier_id is None:
        raise refuse("SUPPLIER_REQUIRED", f"name a supplier for {shortage.product!r}", "supplier")
    quantity = shortage.quantity if one.quantity is None else required(one.quantity, "quantity")
    if quantity > shortage.quantity:
        raise refuse("MORE_THAN_SHORT", f"{shortage.quantity} are short in line {one.line}, not more", "quantity")
    price = one.price or (usual.price if usual else None)
    return Purchase(shortage=shortage, supplier_id=supplier_id, quantity=quantity, price=_price(price))


def _shortage(one: PurchaseInput, short: list[Shortage]) -> Shortage:
    found = [shortage for shortage in short if shortage.line == one.line and one.order_id in (None, shortage.order_id)]
    if not found:
        raise refuse("NOT_SHORT", f"nothing is short in line {one.line}", "line")
    if len(found) > 1:
        raise refuse("ORDER_REQUIRED", f"line {one.line} of several orders is short; name the order", "order")
    return found[0]


def _price(given: AmountInput | None) -> Money | None:
    if given is None:
        return None
    try:
        money = Money.of(given.amount, given.currency)
    except Refused as error:
        raise Refused(*(problem.under("price") for problem in error.problems)) from None
    if money.minor < 0:
        raise refuse("INVALID_AMOUNT", f"a price is nothing or more; {money.amount} is less", "price", "amount")
    return money


def _by_supplier(purchases: tuple[Purchase, ...]) -> dict[UUID, list[Purchase]]:
    found: dict[UUID, list[Purchase]] = {}
    for one in purchases:
        found.setdefault(one.supplier_id, []).append(one)
    return found
