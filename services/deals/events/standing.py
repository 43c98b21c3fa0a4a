"""What is told of deals that wait, were registered by mistake, or were registered twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.events import Published
from services.deals.domain.deal import Deal
from services.deals.domain.transition import Transition
from services.deals.events.deal import OfDeal, of_deal


@dataclass(frozen=True, kw_only=True)
class DealHeld(OfDeal, Published, type="deal.held", subject="deal_id"):
    """A deal waits: its dwell does not count until it is resumed or lost."""

    until: datetime | None


@dataclass(frozen=True, kw_only=True)
class DealResumed(OfDeal, Published, type="deal.resumed", subject="deal_id"):
    """A deal that waited goes on."""


@dataclass(frozen=True, kw_only=True)
class DealVoided(OfDeal, Published, type="deal.voided", subject="deal_id"):
    """A deal was registered by mistake; figures leave it out, of any moment, as soon as this is known."""


@dataclass(frozen=True, kw_only=True)
class DealUnvoided(OfDeal, Published, type="deal.unvoided", subject="deal_id"):
    """A voided deal was no mistake: it stands as before."""


@dataclass(frozen=True, kw_only=True)
class DealMerged(OfDeal, Published, type="deal.merged", subject="deal_id"):
    """A deal was registered twice: `into_id` is the one that survives."""

    into_id: UUID


@dataclass(frozen=True, kw_only=True)
class DealUnmerged(OfDeal, Published, type="deal.unmerged", subject="deal_id"):
    """A merged deal stands by itself again; `from_id` is the deal that it was merged into."""

    from_id: UUID


def held_told(deal: Deal, held: Transition) -> DealHeld:
    """Make the event for a deal that was put on hold."""
    return DealHeld(**_told(deal, held), until=deal.hold.until if deal.hold else None)


def resumed_told(deal: Deal, resumed: Transition) -> DealResumed:
    """Make the event for a deal that goes on."""
    return DealResumed(**_told(deal, resumed))


def voided_told(deal: Deal, voided: Transition) -> DealVoided:
    """Make the event for a voided deal."""
    return DealVoided(**_told(deal, voided))


def unvoided_told(deal: Deal, unvoided: Transition) -> DealUnvoided:
    """Make the event for a deal that is not voided any more."""
    return DealUnvoided(**_told(deal, unvoided))


def merged_told(deal: Deal, merged: Transition, into_id: UUID) -> DealMerged:
    """Make the event for a merged deal."""
    return DealMerged(**_told(deal, merged), into_id=into_id)


def unmerged_told(deal: Deal, unmerged: Transition, from_id: UUID) -> DealUnmerged:
    """Make the event for a deal that is not merged any more."""
    return DealUnmerged(**_told(deal, unmerged), from_id=from_id)


def _told(deal: Deal, transition: Transition) -> dict[str, Any]:
    return {**of_deal(deal), "sequence": transition.sequence, "occurred_at": transition.occurred_at}
