"""Holds: a deal waits, for a reason and perhaps until a moment; its dwell does not count meanwhile."""

from __future__ import annotations

from datetime import datetime

from chassis.errors import refuse
from services.deals.domain.deal import Deal
from services.deals.domain.moment import placed
from services.deals.domain.standing import Hold
from services.deals.domain.transition import Transition, TransitionKind


def put_on_hold(deal: Deal, *, reason: str, until: datetime | None, now: datetime) -> Transition:
    """Let a deal in progress wait: it can be lost or resumed, but neither moved nor won."""
    deal.require_moving()
    if until is not None and until <= now:
        raise refuse(
            "HOLD_UNTIL_PAST", f"{until.isoformat()} has passed; a deal is held until a moment to come", "until"
        )
    since = placed(None, now=now, after=deal.last_fact_at)
    deal.hold = Hold(since=since, until=until)
    return deal.add_fact(TransitionKind.HELD, since, reason=reason)


def resume(deal: Deal, *, now: datetime) -> Transition:
    """Go on with a deal on hold; raise Refused if it is not."""
    deal.require_open()
    if deal.hold is None:
        raise refuse("NOT_ON_HOLD", "the deal is not on hold; there is nothing to resume", "deal")
    # a timer that comes late resumes at the moment that was set
    at = now if deal.hold.until is None else min(now, deal.hold.until)
    deal.hold = None
    return deal.add_fact(TransitionKind.RESUMED, max(at, deal.last_fact_at))
