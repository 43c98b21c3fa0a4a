"""Hear of deals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from chassis.events import Heard
from chassis.money import Money
from chassis.store.database import Transaction
from services.reporting.domain.deals.history import Fact, Kind
from services.reporting.storage.deals.facts import DealFact, record_many

_KINDS = {
    "deal.opened": Kind.OPENED,
    "deal.changed": Kind.CHANGED,
    "deal.revalued": Kind.REVALUED,
    "deal.stage_changed": Kind.MOVED,
    "deal.won": Kind.WON,
    "deal.lost": Kind.LOST,
    "deal.reopened": Kind.REOPENED,
    "deal.held": Kind.HELD,
    "deal.resumed": Kind.RESUMED,
    "deal.voided": Kind.VOIDED,
    "deal.unvoided": Kind.UNVOIDED,
    "deal.merged": Kind.MERGED,
    "deal.unmerged": Kind.UNMERGED,
    "deal.process_changed": Kind.REROUTED,
}


@dataclass(frozen=True, kw_only=True)
class AmountHeard:
    """Money, and the same in the base currency where a rate is known."""

    amount: Decimal
    currency: str
    base: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class DealHeard:
    """What reporting needs of a deal's events; moves name their stage otherwise than the other facts."""

    deal_id: UUID
    process_id: UUID
    process_key: str
    manager_id: UUID | None = None
    partner_id: UUID | None = None
    amount: AmountHeard | None = None
    products: tuple[str, ...] = ()
    stage: str | None = None
    stage_rank: int | None = None
    new_stage: str | None = None
    new_rank: int | None = None
    highest_stage: str | None = None
    highest_rank: int | None = None
    planned_start_on: date | None = None
    expected_close_on: date | None = None
    probability: Decimal | None = None
    reason: str | None = None
    competitor_id: UUID | None = None


def record_deal_facts(events: Sequence[Heard], tx: Transaction) -> None:
    """Keep facts of deals and bring the deals' projections up to them."""
    currency = tx.enterprise.base_currency
    record_many(tx, (_fact(event, event.read(DealHeard), currency) for event in events))


def _fact(event: Heard, heard: DealHeard, base_currency: str) -> DealFact:
    kind = _KINDS[event.type]
    moved = kind in (Kind.MOVED, Kind.REROUTED)
    amount = heard.amount
    base = amount.base if amount else None
    fact = Fact(
        sequence=event.sequence,
        kind=kind,
        occurred_at=event.occurred_at,
        recorded_at=event.recorded_at,
        process_id=heard.process_id,
        process_key=heard.process_key,
        stage=heard.new_stage if moved else heard.stage,
        rank=heard.new_rank if moved else heard.stage_rank,
        manager_id=heard.manager_id,
        partner_id=heard.partner_id,
        currency=amount.currency if amount else None,
        amount_minor=Money.of(amount.amount, amount.currency).minor if amount else None,
        base_minor=Money.of(base, base_currency).minor if base is not None else None,
        products=tuple(sorted(set(heard.products))),
        loss_reason=heard.reason if kind is Kind.LOST else None,
        competitor_id=heard.competitor_id if kind is Kind.LOST else None,
        highest_stage=heard.highest_stage,
        highest_rank=heard.highest_rank,
        planned_start_on=heard.planned_start_on,
        expected_close_on=heard.expected_close_on,
        probability=heard.probability,
    )
    return DealFact(deal_id=heard.deal_id, fact=fact)
