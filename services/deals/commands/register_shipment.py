"""Register a shipment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from operator import itemgetter
from uuid import UUID

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.money import Money
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import deal_answer, shipment_json
from services.deals.commands.following import follow
from services.deals.commands.goods_inputs import GoodsLineInput, GoodsLines
from services.deals.commands.inputs import DocumentNumber
from services.deals.domain.customer_order import CustomerOrder
from services.deals.domain.deal import Deal
from services.deals.domain.lines import each_made
from services.deals.domain.process import WonBy
from services.deals.domain.quantities import required
from services.deals.domain.shipment import GoodsLine, Shipment
from services.deals.events import shipment_told
from services.deals.storage.amounts import in_base
from services.deals.storage.books import Books
from services.deals.storage.deals import Deals
from services.deals.storage.shipments import Shipments
from services.deals.storage.valuing import one_valued


@dataclass(frozen=True, kw_only=True)
class RegisterShipment:
    """Say that goods of a deal have left: these lines of its orders, or with `complete` all that is left of them.

    With lines it follows whether the shipment completes what was ordered; without any it has to be said.
    """

    deal_id: UUID
    number: DocumentNumber
    shipped_on: date
    complete: bool | None = None
    order_id: UUID | None = None
    lines: GoodsLines = ()
    documents_due_on: date | None = None


def register_shipment(command: RegisterShipment, tx: Transaction, actor: Actor) -> Json:
    """Register a shipment, and win the deal by the one that completes what was ordered; answer both."""
    deals = Deals(tx, actor)
    deal = deals.get(command.deal_id)
    books = Books(tx, deal)
    goods, complete = _goods(command, deal, books)
    shipment = deal.ship(
        number=command.number,
        shipped_on=command.shipped_on,
        complete=complete,
        now=tx.now,
        zone=tx.enterprise.zone,
    )
    shipment = replace(shipment, lines=goods, amount=_worth(goods, books))
    tx.emit(
        shipment_told(deal, shipment, in_base(tx, shipment.amount, shipment.occurred_at) if shipment.amount else None)
    )
    won = deal.win(at=shipment.occurred_at, now=tx.now) if _wins(command, deal, shipment) else None
    deals.save(deal)
    if won is not None:
        follow(won, deal, tx, actor)
    Shipments(tx).add(shipment)
    _follow(command, shipment, books)
    books.close(shipment.occurred_at)
    shown = one_valued(tx, shipment_json(shipment), itemgetter("shipped_on"))
    return {"shipment": shown, "deal": deal_answer(deal, tx.enterprise.base_currency)}


def _goods(command: RegisterShipment, deal: Deal, books: Books) -> tuple[tuple[GoodsLine, ...], bool]:
    """Let the goods leave their orders; give them, and whether nothing that was ordered is left."""
    if not command.lines:
        if command.complete is None:
            raise refuse(
                "REQUIRED", "give the lines that are shipped, or say whether it is all that was ordered", "lines"
            )
        if not command.complete:
            return (), False
        orders = [books.order(command.order_id)] if command.order_id else books.binding
        goods = tuple(one for order in orders for one in order.ship_rest())
        if not goods and deal.process.won_by is WonBy.SHIPMENT and any(one.confirmed_at for one in books.orders):
            raise refuse("NOTHING_TO_SHIP", "nothing of what is ordered now is left to ship", "complete")
    else:
        goods = each_made(command.lines, lambda one: _shipped(one, command, books), "lines")
        if len({(one.order_id, one.line) for one in goods}) < len(goods):
            raise refuse("LINE_TWICE", "the same line is given twice; give it once, with all that is shipped", "lines")
    complete = all(order.is_shipped for order in books.binding)
    if command.complete is not None and command.complete != complete:
        left = "nothing is left to ship" if complete else "something of the orders is left to ship"
        raise refuse("COMPLETE_MISSTATED", f"after this shipment {left}; leave `complete` out", "complete")
    return goods, complete


def _shipped(one: GoodsLineInput, command: RegisterShipment, books: Books) -> GoodsLine:
    order = _order(one.order_id or command.order_id, books)
    return order.ship(one.line, required(one.quantity, "quantity"))


def _order(order_id: UUID | None, books: Books) -> CustomerOrder:
    if order_id is not None:
        return books.order(order_id)
    if len(books.binding) != 1:
        has = "several confirmed orders" if books.binding else "no confirmed order"
        raise refuse("ORDER_REQUIRED", f"the deal has {has}; name the order whose goods are shipped", "order")
    return books.binding[0]


def _worth(goods: Iterable[GoodsLine], books: Books) -> Money | None:
    ids = {one.order_id for one in goods}
    currencies = {order.totals.currency for order in books.orders if order.id in ids}
    if len(currencies) > 1:
        raise refuse("CURRENCY_MISMATCH", "the orders are in different currencies; ship them one by one", "lines")
    return Money(minor=sum(one.worth for one in goods), currency=currencies.pop()) if currencies else None


def _wins(command: RegisterShipment, deal: Deal, shipment: Shipment) -> bool:
    """Tell whether a shipment wins the deal: where people win by command they may go on after all is shipped."""
    return shipment.complete and (deal.process.won_by is WonBy.SHIPMENT or command.complete is True)


def _follow(command: RegisterShipment, shipment: Shipment, books: Books) -> None:
    for order_id in dict.fromkeys(one.order_id for one in shipment.lines):
        books.ledger.follow_goods(books.order(order_id), shipment.id, shipment.shipped_on)
    due_on = command.documents_due_on or (shipment.documents_due_on() if shipment.lines else None)
    if due_on is not None:
        if due_on < shipment.shipped_on:
            message = f"the goods left on {shipment.shipped_on}; their papers cannot be due before"
            raise refuse("INVALID_DATE", message, "documentsDueOn")
        books.ledger.await_documents(shipment.id, due_on)
