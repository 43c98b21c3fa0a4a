"""Voided deals: registered by mistake, so that they are in no list and no figure; what was written stays."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from chassis.errors import refuse
from services.deals.domain.moment import placed
from services.deals.domain.transition import Transition, TransitionKind

if TYPE_CHECKING:
    from services.deals.domain.deal import Deal


def void(deal: Deal, *, reason: str, now: datetime) -> Transition:
    """Say that a deal was registered by mistake, however it stands."""
    deal.require_counted()
    deal.voided_at = placed(None, now=now, after=deal.last_fact_at)
    return deal.add_correction(TransitionKind.VOIDED, deal.voided_at, reason=reason)


def unvoid(deal: Deal, *, now: datetime) -> Transition:
    """Say that a deal was no mistake after all: it stands as it stood before."""
    if deal.voided_at is None:
        raise refuse("NOT_VOIDED", "the deal is not voided; there is nothing to take back", "deal")
    at = placed(None, now=now, after=max(deal.voided_at, deal.last_fact_at))
    deal.voided_at = None
    return deal.add_correction(TransitionKind.UNVOIDED, at)
