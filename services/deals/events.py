"""What the deals service tells the others: ids, keys, amounts and dates; never a name, a title or other free text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from chassis.events import Published
from services.deals.domain.deal import Deal
from services.deals.domain.process import Process
from services.deals.domain.sale_terms import SaleTerms
from services.deals.domain.shipment import Shipment
from services.deals.domain.transition import Transition, TransitionKind


@dataclass(frozen=True, kw_only=True)
class AmountTold:
    """Money in an event; `base` is the same in the enterprise's currency, null while no rate is known."""

    amount: Decimal
    currency: str
    base: Decimal | None


@dataclass(frozen=True, kw_only=True)
class OfDeal:
    """What every event of a deal carries: the deal as it stands after the event."""

    deal_id: UUID
    process_id: UUID
    process_key: str
    process_version: int
    manager_id: UUID | None
    partner_id: UUID | None
    amount: AmountTold | None
    products: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DealOpened(OfDeal, Published, type="deal.opened", subject="deal_id"):
    """A deal has begun."""

    stage: str | None
    stage_rank: int | None
    expected_close_on: date | None


@dataclass(frozen=True, kw_only=True)
class DealChanged(OfDeal, Published, type="deal.changed", subject="deal_id"):
    """What people may change of a deal has changed."""

    changed: tuple[str, ...]
    expected_close_on: date | None


@dataclass(frozen=True, kw_only=True)
class DealStageChanged(OfDeal, Published, type="deal.stage_changed", subject="deal_id"):
    """A deal has moved from one stage to another."""

    old_stage: str | None
    new_stage: str | None
    old_rank: int | None
    new_rank: int | None


@dataclass(frozen=True, kw_only=True)
class DealWon(OfDeal, Published, type="deal.won", subject="deal_id"):
    """A deal is won; the stage is where it stood just before."""

    stage: str | None
    stage_rank: int | None


@dataclass(frozen=True, kw_only=True)
class DealLost(OfDeal, Published, type="deal.lost", subject="deal_id"):
    """A deal is lost; the stage is where it stood just before."""

    stage: str | None
    stage_rank: int | None
    reason: str
    competitor_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class DealReopened(OfDeal, Published, type="deal.reopened", subject="deal_id"):
    """A closed deal is in progress again."""

    stage: str | None
    stage_rank: int | None
    previous_outcome: str


@dataclass(frozen=True, kw_only=True)
class ShipmentRegistered(OfDeal, Published, type="shipment.registered", subject="deal_id"):
    """Goods of a deal have left; a complete shipment is followed by `deal.won`."""

    shipment_id: UUID
    shipped_on: date
    complete: bool


@dataclass(frozen=True, kw_only=True)
class SaleTermsRegistered(Published, type="sale_terms.registered", subject="terms_id"):
    """Sale terms for a client, or for one of their deals, are registered."""

    terms_id: UUID
    partner_id: UUID
    deal_id: UUID | None
    currency: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, kw_only=True)
class StageTold:
    """A stage in an event."""

    key: str
    rank: int
    probability: float


@dataclass(frozen=True, kw_only=True)
class ProcessPublished(Published, type="process.published", subject="process_id"):
    """A version of a sales process is published; it never changes."""

    process_id: UUID
    key: str
    # the process' version: in the class, as everywhere, `version` is that of the event type
    version: int  # type: ignore[misc]
    control: str
    won_by: str
    stages: tuple[StageTold, ...]


def transition_told(deal: Deal, transition: Transition) -> Published:
    """Make the event for a transition that a deal has just made."""
    told: dict[str, Any] = _of_deal(deal) | {"sequence": transition.sequence, "occurred_at": transition.occurred_at}
    before, after = transition.from_stage, transition.to_stage
    standing = before or after
    at_stage: dict[str, Any] = {
        "stage": standing.key if standing else None,
        "stage_rank": standing.rank if standing else None,
    }
    match transition.kind:
        case TransitionKind.OPENED:
            return DealOpened(**told, **at_stage, expected_close_on=deal.expected_close_on)
        case TransitionKind.MOVED:
            return DealStageChanged(
                **told,
                old_stage=before.key if before else None,
                new_stage=after.key if after else None,
                old_rank=before.rank if before else None,
                new_rank=after.rank if after else None,
            )
        case TransitionKind.WON:
            return DealWon(**told, **at_stage)
        case TransitionKind.LOST:
            return DealLost(
                **told, **at_stage, reason=transition.reason or "unknown", competitor_id=transition.competitor_id
            )
        case TransitionKind.REOPENED:
            return DealReopened(**told, **at_stage, previous_outcome=transition.previous_outcome or "")


def change_told(deal: Deal, changed: tuple[str, ...], occurred_at: datetime) -> DealChanged:
    """Make the event for what was changed of a deal."""
    return DealChanged(
        **_of_deal(deal),
        sequence=deal.version,
        occurred_at=occurred_at,
        changed=changed,
        expected_close_on=deal.expected_close_on,
    )


def shipment_told(deal: Deal, shipment: Shipment) -> ShipmentRegistered:
    """Make the event for a shipment of a deal."""
    return ShipmentRegistered(
        **_of_deal(deal),
        sequence=shipment.sequence,
        occurred_at=shipment.occurred_at,
        shipment_id=shipment.id,
        shipped_on=shipment.shipped_on,
        complete=shipment.complete,
    )


def terms_told(terms: SaleTerms, occurred_at: datetime) -> SaleTermsRegistered:
    """Make the event for new sale terms."""
    return SaleTermsRegistered(
        sequence=1,
        occurred_at=occurred_at,
        terms_id=terms.id,
        partner_id=terms.partner_id,
        deal_id=terms.deal_id,
        currency=terms.currency,
        valid_from=terms.valid_from,
        valid_to=terms.valid_to,
    )


def process_told(process: Process, occurred_at: datetime) -> ProcessPublished:
    """Make the event for a process that is published."""
    return ProcessPublished(
        sequence=1,
        occurred_at=occurred_at,
        process_id=process.id,
        key=process.key,
        version=process.version,
        control=process.control.value,
        won_by=process.won_by.value,
        stages=tuple(StageTold(key=s.key, rank=s.rank, probability=s.probability) for s in process.stages),
    )


def _of_deal(deal: Deal) -> dict[str, Any]:
    return {
        "deal_id": deal.id,
        "process_id": deal.process.id,
        "process_key": deal.process.key,
        "process_version": deal.process.version,
        "manager_id": deal.manager_id,
        "partner_id": deal.partner_id,
        "amount": _amount_told(deal),
        "products": deal.products,
    }


def _amount_told(deal: Deal) -> AmountTold | None:
    if deal.amount is None:
        return None
    money, base = deal.amount.money, deal.amount.base
    return AmountTold(amount=money.amount, currency=money.currency, base=base.amount if base else None)
