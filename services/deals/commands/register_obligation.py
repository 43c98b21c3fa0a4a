"""Register an obligation by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from chassis.actor import Actor
from chassis.clock import day_of
from chassis.errors import refuse
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import obligation_json
from services.deals.commands.inputs import AmountInput, Remark
from services.deals.commands.obligation_inputs import size_of
from services.deals.domain.obligation import Debtor, Obligation, ObligationKind
from services.deals.storage.books import Books
from services.deals.storage.deals import Deals
from services.deals.storage.valuing import due_or_today, one_valued


@dataclass(frozen=True, kw_only=True)
class RegisterObligation:
    """Say that somebody owes what no document of the deal tells of; papers are one set, unless a quantity is named."""

    deal_id: UUID
    debtor: Debtor
    kind: ObligationKind
    due_on: date
    amount: AmountInput | None = None
    quantity: Decimal | None = None
    note: Remark | None = None


def register_obligation(command: RegisterObligation, tx: Transaction, actor: Actor) -> Json:
    """Register an obligation; money that waits in the deal fulfils it at once. Answer the obligation."""
    deal = Deals(tx, actor).get(command.deal_id)
    quantity = command.quantity
    if command.kind is ObligationKind.DOCUMENTS:
        if command.amount is not None:
            raise refuse("NOT_APPLICABLE", "papers are counted, not paid; leave the amount out", "amount")
        quantity = quantity if quantity is not None else Decimal(1)
    if command.kind is ObligationKind.PAYMENT and command.amount is None:
        raise refuse("REQUIRED", "say how much money is owed", "amount")
    size, currency = size_of(command.amount, quantity)
    books = Books(tx, deal)
    obligation = Obligation.register(
        deal_id=deal.id,
        debtor=command.debtor,
        kind=command.kind,
        size=size,
        currency=currency,
        due_on=command.due_on,
        note=command.note,
    )
    books.ledger.obligations.append(obligation)
    books.ledger.settle()
    books.close(tx.now)
    return one_valued(tx, obligation_json(obligation, day_of(tx.now, tx.enterprise.zone)), due_or_today(tx))
