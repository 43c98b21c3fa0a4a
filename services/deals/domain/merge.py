"""Merged deals: one sale that was registered twice. The duplicate stays as it is, with a pointer to the survivor."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chassis.errors import refuse
from services.deals.domain.deal import Deal
from services.deals.domain.moment import placed
from services.deals.domain.transition import Outcome, Transition, TransitionKind


def merge(duplicate: Deal, survivor: Deal, *, same_partner: bool, now: datetime) -> Transition:
    """Point a duplicate to the deal that survives; raise Refused where they cannot be one sale."""
    if duplicate.id == survivor.id:
        raise refuse("SAME_DEAL", "a deal is no duplicate of itself; name other deals", "duplicates")
    survivor.require_counted()
    duplicate.require_counted()
    if not same_partner:
        raise refuse(
            "DIFFERENT_PARTNERS",
            f"the deal {duplicate.id} is with another partner; merge the partners first, or change the deal's",
            "duplicates",
            details=(str(duplicate.id),),
        )
    if duplicate.outcome is Outcome.WON and survivor.outcome is not Outcome.WON:
        raise refuse(
            "DUPLICATE_IS_WON",
            f"the deal {duplicate.id} is won and the one to survive is not; merge them the other way round",
            "duplicates",
            details=(str(duplicate.id),),
        )
    duplicate.merged_into_id = survivor.id
    return duplicate.add_correction(TransitionKind.MERGED, placed(None, now=now, after=duplicate.last_fact_at))


def unmerge(deal: Deal, *, now: datetime) -> tuple[UUID, Transition]:
    """Take the pointer of a merged deal away: it stands as it stood before. Give also where the pointer led."""
    into_id = deal.merged_into_id
    if into_id is None:
        raise refuse("NOT_MERGED", "the deal is not merged into another one; there is nothing to undo", "deal")
    deal.merged_into_id = None
    at = placed(None, now=now, after=deal.last_fact_at)
    return into_id, deal.add_correction(TransitionKind.UNMERGED, at)
