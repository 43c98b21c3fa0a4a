"""Open a deal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import deal_answer
from services.deals.commands.following import follow
from services.deals.commands.inputs import (
    AmountInput,
    ExternalRefInput,
    Instant,
    Products,
    Title,
    require_import_for,
)
from services.deals.domain.deal import Deal
from services.deals.domain.probability import probability
from services.deals.storage.copies import manager_of_partner
from services.deals.storage.deals import Deals
from services.deals.storage.exchange_rates import StoredRates
from services.deals.storage.processes import Processes


@dataclass(frozen=True, kw_only=True)
class OpenDeal:
    """Ask that a deal begin; without a manager it is the one who asks, else the partner's."""

    process_id: UUID
    title: Title
    partner_id: UUID | None = None
    manager_id: UUID | None = None
    products: Products = ()
    amount: AmountInput | None = None
    expected_close_on: date | None = None
    planned_start_on: date | None = None
    probability: Decimal | None = None
    external_ref: ExternalRefInput | None = None
    occurred_at: Instant | None = None


def open_deal(command: OpenDeal, tx: Transaction, actor: Actor) -> Json:
    """Open a deal at the first stage of its process; answer the deal."""
    require_import_for(command.occurred_at, actor)
    base_currency = tx.enterprise.base_currency
    deal = Deal.open(
        Processes(tx.connection).get(command.process_id),
        title=command.title,
        at=command.occurred_at,
        now=tx.now,
        partner_id=command.partner_id,
        manager_id=_manager(command, tx, actor),
        amount=command.amount.in_base(base_currency) if command.amount else None,
        products=command.products,
        expected_close_on=command.expected_close_on,
        planned_start_on=command.planned_start_on,
        probability=probability(command.probability),
        external_ref=command.external_ref.to_domain() if command.external_ref else None,
        rates=StoredRates(tx),
    )
    Deals(tx, actor).add(deal)  # refused, too, where the process has a newer version
    follow(deal.fresh[0], deal, tx, actor, imported=command.occurred_at is not None)
    return deal_answer(deal, base_currency)


def _manager(command: OpenDeal, tx: Transaction, actor: Actor) -> UUID | None:
    if command.manager_id is not None:
        return command.manager_id
    if actor.member_id is not None:
        return actor.member_id
    return manager_of_partner(tx, command.partner_id) if command.partner_id else None
