"""Register goods that came back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import itemgetter
from uuid import UUID

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import return_json
from services.deals.commands.goods_inputs import GoodsLineInput, GoodsLines
from services.deals.commands.inputs import DocumentNumber
from services.deals.domain.lines import each_made
from services.deals.domain.quantities import required
from services.deals.domain.shipment import GoodsLine, Return, Shipment
from services.deals.events import return_told
from services.deals.storage.amounts import in_base
from services.deals.storage.books import Books
from services.deals.storage.deals import Deals
from services.deals.storage.documents import day_of_document, deal_of_document, moment_of, next_number
from services.deals.storage.shipments import Shipments
from services.deals.storage.tables import returns, shipments
from services.deals.storage.valuing import one_valued


@dataclass(frozen=True, kw_only=True)
class RegisterReturn:
    """Say that goods of a shipment came back: these lines, or all that has not come back before."""

    shipment_id: UUID
    returned_on: date
    number: DocumentNumber | None = None
    lines: GoodsLines = ()


def register_return(command: RegisterReturn, tx: Transaction, actor: Actor) -> Json:
    """Count goods as not shipped any more, also of a deal that is won; answer the return."""
    deals = Deals(tx, actor)
    deal = deal_of_document(tx, deals, shipments, command.shipment_id, "shipment", "shipment")
    books = Books(tx, deal)
    shipment = Shipments(tx).get(command.shipment_id)
    returned = Return.of(
        shipment,
        number=command.number or next_number(tx, returns, deal, "R"),
        returned_on=day_of_document(tx, deal, command.returned_on, "returnedOn"),
        lines=_taken_back(command, shipment, books),
    )
    Shipments(tx).add_return(returned)
    returned_at = moment_of(tx, deal, returned.returned_on)
    tx.emit(return_told(deal, returned, in_base(tx, returned.amount, returned_at), returned_at))
    for order_id in dict.fromkeys(one.order_id for one in returned.lines):
        books.ledger.follow_goods(books.order(order_id), shipment.id, returned.returned_on)
    if _is_whole(returned, shipment):
        books.ledger.await_no_documents(shipment.id)
    books.close(returned_at)
    deals.count_goods(deal, shipped=books.all_shipped)
    return one_valued(tx, return_json(returned), itemgetter("returned_on"))


def _taken_back(command: RegisterReturn, shipment: Shipment, books: Books) -> tuple[GoodsLine, ...]:
    given = command.lines or tuple(
        GoodsLineInput(line=one.line, quantity=left, order_id=one.order_id)
        for one in shipment.lines
        if (left := one.quantity - one.returned)
    )
    if not given:
        raise refuse("NOTHING_TO_RETURN", "nothing of the shipment is known to be with the client", "shipment")
    goods = each_made(given, lambda one: _returned(one, shipment, books), "lines")
    if len({(one.order_id, one.line) for one in goods}) < len(goods):
        raise refuse("LINE_TWICE", "the same line is given twice; give it once, with all that came back", "lines")
    return goods


def _returned(one: GoodsLineInput, shipment: Shipment, books: Books) -> GoodsLine:
    shipped = shipment.goods(one.order_id, one.line)
    quantity = required(one.quantity, "quantity")
    left = shipped.quantity - shipped.returned
    if quantity > left:
        message = f"{left} of line {one.line} of this shipment are still with the client; not more can come back"
        raise refuse("OVER_RETURN", message, "quantity")
    return books.order(shipped.order_id).take_back(one.line, quantity)


def _is_whole(returned: Return, shipment: Shipment) -> bool:
    """Tell whether by a return all of a shipment is back."""
    back = {(one.order_id, one.line): one.quantity for one in returned.lines}
    return all(one.quantity == one.returned + back.get((one.order_id, one.line), Decimal(0)) for one in shipment.lines)
