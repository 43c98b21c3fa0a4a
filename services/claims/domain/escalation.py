"""Escalation: somebody above is told of a claim, by hand or because a deadline nears or has passed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from services.claims.domain.clock import Run, due_at

if TYPE_CHECKING:
    from chassis.business_calendar import BusinessCalendar
    from services.claims.domain.claim import Claim


class EscalationReason(StrEnum):
    """Why a claim is escalated."""

    MANUAL = "MANUAL"
    FIRST_RESPONSE_NEAR = "FIRST_RESPONSE_NEAR"
    FIRST_RESPONSE_PASSED = "FIRST_RESPONSE_PASSED"
    RESOLUTION_NEAR = "RESOLUTION_NEAR"
    RESOLUTION_PASSED = "RESOLUTION_PASSED"


@dataclass(frozen=True, kw_only=True)
class Escalation:
    """That a claim was escalated, and for which target of business time, where it was for a deadline."""

    reason: EscalationReason
    target: timedelta | None = None


@dataclass(frozen=True, kw_only=True)
class Upcoming:
    """An escalation that comes at a moment, for a deadline, unless something happens to the claim before.

    The deadline is not known where the clock stands still before it.
    """

    escalation: Escalation
    at: datetime
    deadline: datetime | None


def upcoming(claim: Claim, calendar: BusinessCalendar) -> list[Upcoming]:
    """Give the escalations that a claim's deadlines ask for, the first one first; each happens once for a target.

    A claim that is resolved asks for none, one that is answered for none of its first response, one that waits for those
    of its resolution only where the time was used up before.
    """
    if claim.resolved_at is not None:
        return []
    found: list[Upcoming] = []
    if claim.first_response_target is not None and claim.first_responded_at is None:
        reasons = EscalationReason.FIRST_RESPONSE_NEAR, EscalationReason.FIRST_RESPONSE_PASSED
        found += _of(claim, [Run(began_at=claim.registered_at)], claim.first_response_target, reasons, calendar)
    if claim.resolution_target is not None:
        reasons = EscalationReason.RESOLUTION_NEAR, EscalationReason.RESOLUTION_PASSED
        found += _of(claim, claim.runs, claim.resolution_target, reasons, calendar)
    done = set(claim.escalations)
    return sorted((one for one in found if one.escalation not in done), key=lambda one: one.at)


def _of(
    claim: Claim,
    runs: list[Run] | tuple[Run, ...],
    target: timedelta,
    reasons: tuple[EscalationReason, EscalationReason],
    calendar: BusinessCalendar,
) -> list[Upcoming]:
    near, passed = (Escalation(reason=reason, target=target) for reason in reasons)
    deadline = due_at(runs, target, calendar)
    moments = [(passed, deadline)]
    if (
        claim.warn_at_percent is not None and passed not in claim.escalations
    ):  # who was told that it passed needs no warning
        moments.append((near, due_at(runs, target * claim.warn_at_percent / 100, calendar)))
    return [Upcoming(escalation=one, at=at, deadline=deadline) for one, at in moments if at is not None]
