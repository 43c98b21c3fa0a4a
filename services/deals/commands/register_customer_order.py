"""Register a customer order by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from uuid import UUID

from chassis.actor import Actor
from chassis.clock import day_of
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import order_json
from services.deals.commands.inputs import DocumentNumber, ExternalRefInput
from services.deals.commands.order_inputs import OrderLines, wanted
from services.deals.domain.customer_order import CustomerOrder
from services.deals.storage.customer_orders import CustomerOrders
from services.deals.storage.deals import Deals
from services.deals.storage.documents import day_of_document, next_number
from services.deals.storage.tables import customer_orders
from services.deals.storage.valuing import one_valued


@dataclass(frozen=True, kw_only=True)
class RegisterCustomerOrder:
    """Write down what a client orders; nobody is bound by it until it is confirmed."""

    deal_id: UUID
    lines: OrderLines
    number: DocumentNumber | None = None
    ordered_on: date | None = None
    promised_on: date | None = None
    payment_due_on: date | None = None
    prices_include_tax: bool | None = None
    tax_included: bool | None = None  # what it was called before
    external_ref: ExternalRefInput | None = None

    @property
    def includes_tax(self) -> bool:
        """Whether the prices hold the tax already."""
        return bool(self.tax_included if self.prices_include_tax is None else self.prices_include_tax)


def register_customer_order(command: RegisterCustomerOrder, tx: Transaction, actor: Actor) -> Json:
    """Register a draft of an order in a deal that is in progress; answer the order."""
    deal = Deals(tx, actor).get(command.deal_id)
    deal.require_open()
    order = CustomerOrder.draft(
        deal_id=deal.id,
        number=command.number or next_number(tx, customer_orders, deal, "O"),
        ordered_on=day_of_document(tx, deal, command.ordered_on or day_of(tx.now, tx.enterprise.zone), "orderedOn"),
        lines=wanted(command.lines, tax_included=command.includes_tax),
        tax_included=command.includes_tax,
        promised_on=command.promised_on,
        payment_due_on=command.payment_due_on,
        external_ref=command.external_ref.to_domain() if command.external_ref else None,
    )
    CustomerOrders(tx).add(order)
    return one_valued(tx, order_json(order), itemgetter("ordered_on"))
