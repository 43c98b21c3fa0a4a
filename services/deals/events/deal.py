"""What is told of deals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from chassis.events import Published
from services.deals.domain.amount import Amount
from services.deals.domain.deal import Deal
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
    probability: Decimal | None = None
    """Of winning it, where its people know better than its stage: 0 to 1."""


@dataclass(frozen=True, kw_only=True)
class DealOpened(OfDeal, Published, type="deal.opened", subject="deal_id"):
    """A deal has begun."""

    stage: str | None
    stage_rank: int | None
    expected_close_on: date | None
    planned_start_on: date | None


@dataclass(frozen=True, kw_only=True)
class DealChanged(OfDeal, Published, type="deal.changed", subject="deal_id"):
    """What people may change of a deal has changed; what is called old is as it was before, changed or not."""

    changed: tuple[str, ...]
    expected_close_on: date | None
    planned_start_on: date | None
    old_manager_id: UUID | None = None
    old_partner_id: UUID | None = None
    old_amount: AmountTold | None = None


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
class DealProcessChanged(OfDeal, Published, type="deal.process_changed", subject="deal_id"):
    """A deal goes on in another version of its process, or in another process, which `process_id` names.

    `highest_stage` is the furthest stage there that it counts as having reached.
    """

    old_process_id: UUID
    old_process_key: str
    old_process_version: int
    old_stage: str | None
    old_rank: int | None
    new_stage: str | None
    new_rank: int | None
    highest_stage: str | None
    highest_rank: int | None


def transition_told(deal: Deal, transition: Transition) -> Published:
    """Make the event for a transition that a deal has just made."""
    told: dict[str, Any] = of_deal(deal) | {"sequence": transition.sequence, "occurred_at": transition.occurred_at}
    before, after = transition.from_stage, transition.to_stage
    standing = before or after
    at_stage: dict[str, Any] = {
        "stage": standing.key if standing else None,
        "stage_rank": standing.rank if standing else None,
    }
    match transition.kind:
        case TransitionKind.OPENED:
            return DealOpened(
                **told, **at_stage, expected_close_on=deal.expected_close_on, planned_start_on=deal.planned_start_on
            )
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
        case TransitionKind.PROCESS_CHANGED:
            return _process_told(deal, transition, told)
        case _:
            raise ValueError(f"{transition.kind} is told by events.standing")


def _process_told(deal: Deal, transition: Transition, told: dict[str, Any]) -> DealProcessChanged:
    old, before, after = transition.from_process, transition.from_stage, transition.to_stage
    assert old is not None
    highest = next((stage for stage in deal.process.stages if stage.rank == deal.highest_rank), None)
    return DealProcessChanged(
        **told,
        old_process_id=old.id,
        old_process_key=old.key,
        old_process_version=old.version,
        old_stage=before.key if before else None,
        old_rank=before.rank if before else None,
        new_stage=after.key if after else None,
        new_rank=after.rank if after else None,
        highest_stage=highest.key if highest else None,
        highest_rank=highest.rank if highest else None,
    )


def change_told(deal: Deal, changed: tuple[str, ...], occurred_at: datetime) -> DealChanged:
    """Make the event for what was changed of a deal."""
    return DealChanged(
        **of_deal(deal),
        sequence=deal.version,
        occurred_at=occurred_at,
        changed=changed,
        expected_close_on=deal.expected_close_on,
        planned_start_on=deal.planned_start_on,
        old_manager_id=deal.replaced.get("manager_id", deal.manager_id),
        old_partner_id=deal.replaced.get("partner_id", deal.partner_id),
        old_amount=amount_told(deal.replaced.get("amount", deal.amount)),
    )


def of_deal(deal: Deal) -> dict[str, Any]:
    """Give the fields of OfDeal."""
    return {
        "deal_id": deal.id,
        "process_id": deal.process.id,
        "process_key": deal.process.key,
        "process_version": deal.process.version,
        "manager_id": deal.manager_id,
        "partner_id": deal.partner_id,
        "amount": amount_told(deal.amount),
        "products": deal.products,
        "probability": deal.probability,
    }


def amount_told(amount: Amount | None) -> AmountTold | None:
    """Give an amount as events tell it."""
    if amount is None:
        return None
    money, base = amount.money, amount.base
    return AmountTold(amount=money.amount, currency=money.currency, base=base.amount if base else None)
