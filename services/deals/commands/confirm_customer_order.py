"""Confirm a customer order."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from uuid import UUID

from chassis.actor import Actor
from chassis.clock import day_of
from chassis.errors import refuse
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import order_json
from services.deals.commands.inputs import Instant, require_import_for
from services.deals.domain.payment_schedule import AT_SHIPMENT
from services.deals.events import CustomerOrderConfirmed
from services.deals.storage.books import Books
from services.deals.storage.deals import Deals
from services.deals.storage.documents import deal_of_document
from services.deals.storage.tables import customer_orders
from services.deals.storage.terms import terms_in_force
from services.deals.storage.valuing import one_valued


@dataclass(frozen=True, kw_only=True)
class ConfirmCustomerOrder:
    """Agree on an order with the client."""

    order_id: UUID
    expected_version: int | None = None
    occurred_at: Instant | None = None


def confirm_customer_order(command: ConfirmCustomerOrder, tx: Transaction, actor: Actor) -> Json:
    """Confirm a draft, by which the partner becomes a client; answer the order."""
    require_import_for(command.occurred_at, actor)
    deals = Deals(tx, actor)
    deal = deal_of_document(tx, deals, customer_orders, command.order_id, "customer order", "order")
    deal.require_open()
    if deal.partner_id is None:
        raise refuse("PARTNER_REQUIRED", "an order is agreed on with somebody; give the deal its partner", "order")
    books = Books(tx, deal)
    order = books.order(command.order_id)
    order.require_version(command.expected_version)
    day = day_of(command.occurred_at or tx.now, tx.enterprise.zone)
    terms = terms_in_force(tx.connection, deal, day)
    if terms is not None:
        terms.require_minimum(order.totals, "order")
    instalments = (terms.content.payment_schedule if terms else ()) or AT_SHIPMENT
    confirmed_at = order.confirm(instalments, at=command.occurred_at, now=tx.now, after=deal.created_at)
    books.tell(CustomerOrderConfirmed, order, confirmed_at)
    books.ledger.follow_order(order, day)
    books.close(confirmed_at)
    deals.count_goods(deal, shipped=books.all_shipped)
    return one_valued(tx, order_json(order), itemgetter("ordered_on"))
